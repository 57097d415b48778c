import { expect, it } from "vitest";
import { sendableText } from "./sendable-text.js";

it("[W6] composes letters and removes control characters and halves of surrogate pairs", () => {
  expect(sendableText("e\u0301\u0000\u001b[31mred\ud800")).toBe("é[31mred");
});

it("keeps inner white space, tabs and line breaks, and trims only the end", () => {
  expect(sendableText("  a\n\n\tb  \n ")).toBe("  a\n\n\tb");
  expect(sendableText("a\r\nb\rc")).toBe("a\nb\nc");
});

it("[W6] is nothing where nothing could be seen", () => {
  for (const draft of ["\u200b", "\u2060\u200d\ufeff", "\u3164", " \u00ad\n"]) {
    expect(sendableText(draft)).toBe("");
  }
  expect(sendableText("👩‍👩‍👧")).toBe("👩‍👩‍👧");
});
