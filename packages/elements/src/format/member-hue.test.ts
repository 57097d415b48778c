import { expect, it } from "vitest";
import { HUE_COUNT, memberHue } from "./member-hue.js";

it("gives the same member the same hue, within the palette", () => {
  expect(memberHue("guest:1")).toBe(memberHue("guest:1"));
  for (let index = 0; index < 100; index += 1) {
    expect(memberHue(`user-${index}`)).toBeGreaterThanOrEqual(0);
    expect(memberHue(`user-${index}`)).toBeLessThan(HUE_COUNT);
  }
});

it("spreads ids that differ only at their end over all hues", () => {
  const hues = new Set(Array.from({ length: 100 }, (_, index) => memberHue(`guest:${index}`)));
  expect(hues.size).toBe(HUE_COUNT);
});
