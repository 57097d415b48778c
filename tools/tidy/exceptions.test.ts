import { describe, expect, it } from "vitest";

import { applyExceptions } from "./exceptions.js";

const finding = { rule: "door", path: "packages/sdk/src/a.ts", line: 3, what: "x" };

describe("exceptions", () => {
  it("excuse one rule in one place", () => {
    const exception = { rule: "door", path: "packages/sdk/src/a.ts", reason: "because" };
    expect(applyExceptions([finding], [exception]).findings).toEqual([]);
    expect(applyExceptions([{ ...finding, rule: "any" }], [exception]).findings).toHaveLength(1);
    expect(applyExceptions([{ ...finding, path: "b.ts" }], [exception]).findings).toHaveLength(1);
  });

  it("excuse a folder with everything in it", () => {
    const exception = { rule: "door", path: "packages/sdk", reason: "because" };
    expect(applyExceptions([finding], [exception]).findings).toEqual([]);
    const neighbour = { ...finding, path: "packages/sdk-old/a.ts" };
    expect(applyExceptions([neighbour], [exception]).findings).toEqual([neighbour]);
  });

  it("are reported when they excuse nothing", () => {
    const exception = { rule: "any", path: "packages/sdk", reason: "because" };
    expect(applyExceptions([finding], [exception]).idle).toEqual([exception]);
  });
});
