import { describe, expect, it } from "vitest";
import { createCalendar } from "./calendar.js";

const HOUR_MS = 3_600_000;

describe("createCalendar", () => {
  it("names the local day as ISO 8601 does", () => {
    const midnight = Date.UTC(2026, 0, 5);
    expect(createCalendar("UTC")(midnight)).toBe("2026-01-05");
    expect(createCalendar("UTC")(midnight - 1)).toBe("2026-01-04");
    expect(createCalendar("America/New_York")(midnight)).toBe("2026-01-04");
  });

  it("knows zones with odd offsets and the days that are not 24 hours long", () => {
    const nepal = createCalendar("Asia/Kathmandu");
    const midnight = Date.UTC(2026, 5, 1) - 5.75 * HOUR_MS;
    expect([nepal(midnight - 1), nepal(midnight)]).toEqual(["2026-05-31", "2026-06-01"]);
    const berlin = createCalendar("Europe/Berlin");
    const shortDay = Date.UTC(2026, 2, 28, 23);
    expect(berlin(shortDay)).toBe("2026-03-29");
    expect(berlin(shortDay + 23 * HOUR_MS - 1)).toBe("2026-03-29");
    expect(berlin(shortDay + 23 * HOUR_MS)).toBe("2026-03-30");
  });

  it("refuses a zone that does not exist", () => {
    expect(() => createCalendar("Mars/Olympus")).toThrow(RangeError);
  });
});
