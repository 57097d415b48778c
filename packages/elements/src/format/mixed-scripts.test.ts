import { expect, it } from "vitest";
import { mixesScripts } from "./mixed-scripts.js";

it("tells a disguise from a language", () => {
  expect(mixesScripts("pаypal.com")).toBe(true);
  expect(mixesScripts("münchen.de")).toBe(false);
  expect(mixesScripts("почта.рф")).toBe(false);
});
