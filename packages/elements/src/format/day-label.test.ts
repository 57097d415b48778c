import { expect, it } from "vitest";
import { translatorFor } from "../i18n/translate.js";
import { dayLabel } from "./day-label.js";
import { formatterFor } from "./formatter.js";

const label = (day: string, today: string): string =>
  dayLabel(day, today, translatorFor("en"), formatterFor("en-GB", "UTC"));

it("names the last two days, then weekdays within six days, then dates", () => {
  expect(label("2026-11-20", "2026-11-20")).toBe("Today");
  expect(label("2026-11-19", "2026-11-20")).toBe("Yesterday");
  expect(label("2026-11-18", "2026-11-20")).toBe("Wednesday");
  expect(label("2026-11-14", "2026-11-20")).toBe("Saturday");
  expect(label("2026-11-13", "2026-11-20")).toBe("13 November");
});

it("adds the year when it is another one", () => {
  expect(label("2025-03-12", "2026-11-20")).toBe("12 March 2025");
  expect(label("2025-12-31", "2026-01-01")).toBe("Yesterday");
});

it("gives a day that is still to come its date", () => {
  expect(label("2026-11-21", "2026-11-20")).toBe("21 November");
});

it("counts days across a change of summer time", () => {
  expect(label("2026-03-28", "2026-03-29")).toBe("Yesterday");
});
