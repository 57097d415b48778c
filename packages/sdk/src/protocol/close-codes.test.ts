import { describe, expect, it } from "vitest";
import { CLOSE_CODES, closeAction } from "./close-codes.js";

describe("closeAction", () => {
  it.each([
    ["reconnect", [1000, 1001, 1005, 1006, 1009, 1011, 1015, 3000, 4000, 4003, 4199, 4999 + 1]],
    ["refresh-token", [4200, 4201, 4299]],
    ["wait", [4300, 4301, 4399]],
    ["stop", [4500, 4506, 4777, 4999]],
  ] as const)("a close code of its range means %s", (action, codes) => {
    for (const code of codes) expect(closeAction(code), String(code)).toBe(action);
  });

  it("knows what to do for every code that is named", () => {
    expect(Object.values(CLOSE_CODES).map((code) => closeAction(code))).not.toContain(undefined);
  });
});
