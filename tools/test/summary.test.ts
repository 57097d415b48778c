import { expect, it } from "vitest";

import { summary } from "./summary.js";

it("ends with the plain sum on a line of its own", () => {
  const text = summary([
    { name: "lint", passed: 1, failed: 0, seconds: 2.4 },
    { name: "end to end", passed: 40, failed: 2, seconds: 61 },
  ]);
  expect(text.split("\n")).toEqual([
    "  ✓ lint            1 passed      0 failed      2 s",
    "  ✗ end to end     40 passed      2 failed     61 s",
    "",
    "41 passed, 2 failed",
  ]);
});
