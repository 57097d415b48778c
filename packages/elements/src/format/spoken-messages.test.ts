import { expect, it } from "vitest";
import { translatorFor } from "../i18n/translate.js";
import { message } from "../testing/message-fixture.js";
import { formatterFor } from "./formatter.js";
import { spokenMessages } from "./spoken-messages.js";

const speak = (...messages: Parameters<typeof message>[0][]): string =>
  spokenMessages(messages.map(message), translatorFor("en"), formatterFor("en"));
const bo = { name: "Bo", kind: "user" } as const;

it("says name and text of up to three messages by one author", () => {
  expect(speak({ body: "Hi" })).toBe("Ada Lindqvist: Hi");
  expect(speak({ body: "Hi" }, { body: "all\nof you" })).toBe("Ada Lindqvist: Hi. all of you");
});

it("counts when there are more, or several authors", () => {
  expect(speak({}, { author: bo })).toBe("2 new messages from Ada Lindqvist and Bo");
  expect(speak({}, {}, {}, {})).toBe("4 new messages from Ada Lindqvist");
});

it("shortens long texts by whole characters", () => {
  expect(speak({ body: "👍".repeat(300) })).toBe(`Ada Lindqvist: ${"👍".repeat(200)}…`);
});
