import { expect, it } from "vitest";
import { registerLocale, translatorFor } from "./translate.js";

it("fills holes and chooses the plural form by count", () => {
  const text = translatorFor("en");
  expect(text("list.label", { room: "Lobby" })).toBe("Messages in Lobby");
  expect(text("list.jump.new", { count: 1 })).toBe("1 new message");
  expect(text("list.jump.new", { count: 2 })).toBe("2 new messages");
  expect(text("cmp.over", { count: 5995 })).toBe("5,995 characters too many");
});

it("uses a registered language for its regions too, and English for what it lacks", () => {
  registerLocale("de", { "cmp.send": "Senden" });
  expect(translatorFor("de-AT")("cmp.send")).toBe("Senden");
  expect(translatorFor("de")("msg.retry")).toBe("Retry");
  expect(translatorFor("en")("cmp.send")).toBe("Send");
});

it("is the same function for the same language, so rows can compare it", () => {
  expect(translatorFor("en")).toBe(translatorFor("en"));
});

it("survives a language tag that is none", () => {
  expect(translatorFor("no_such tag")("cmp.send")).toBe("Send");
});
