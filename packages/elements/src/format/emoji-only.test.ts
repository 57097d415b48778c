import { expect, it } from "vitest";
import { isEmojiOnly } from "./emoji-only.js";

it("is true for one to three emoji", () => {
  for (const text of ["👍", "👍🎉", " 👩‍👩‍👧👍🏽🇩🇪 "]) expect(isEmojiOnly(text)).toBe(true);
});

it("is false for text, digits, four emoji, and nothing", () => {
  for (const text of ["👍 ok", "123", "©", "👍👍👍👍", ""]) expect(isEmojiOnly(text)).toBe(false);
});
