import { expect, it } from "vitest";
import { formatterFor } from "./formatter.js";

const AT = Date.UTC(2026, 10, 20, 23, 30);

it("tells the time and the day of the given zone", () => {
  const auckland = formatterFor("en-GB", "Pacific/Auckland");
  expect(auckland.time(AT)).toBe("12:30");
  expect(auckland.dayOf(AT)).toBe("2026-11-21");
  expect(formatterFor("en-GB", "UTC").dayOf(AT)).toBe("2026-11-20");
});

it("tells the clock apart from the half of the day", () => {
  expect(formatterFor("en-US", "UTC").timeParts(AT)).toEqual({ clock: "11:30", period: "PM" });
  expect(formatterFor("en-GB", "UTC").timeParts(AT)).toEqual({ clock: "23:30", period: "" });
});

it("prints a day as itself in every zone", () => {
  expect(formatterFor("en-GB", "America/Los_Angeles").date("2026-11-20")).toBe("20 November 2026");
});

it("survives a zone and a language that do not exist", () => {
  expect(formatterFor("no_such", "Mars/Base").time(AT)).not.toBe("");
});
