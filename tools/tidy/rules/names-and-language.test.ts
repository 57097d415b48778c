import { describe, expect, it } from "vitest";

import { findingsOf } from "../findings-of.js";

describe("file-name", () => {
  it.each([
    "packages/sdk/src/utils.ts",
    "packages/sdk/src/room-helpers.ts",
    "packages/server/src/gateway/types.ts",
    "packages/server/src/constants.test.ts".replace(".test", ""),
    "tools/misc.js",
    "packages/sdk/src/core/room.ts",
    "packages/elements/src/lib/x.ts",
    "packages/sdk/src/chatRoom.ts",
    "packages/sdk/src/Room.ts",
  ])("refuses %s", (path) => {
    expect(findingsOf("file-name", { [path]: "" })).toHaveLength(1);
  });

  it.each([
    "packages/sdk/src/outbox/outbox.machine.ts",
    "packages/server/src/storage/tables/rooms.table.ts",
    "packages/sdk/src/common-prefix.ts",
  ])("accepts %s", (path) => {
    expect(findingsOf("file-name", { [path]: "" })).toEqual([]);
  });
});

describe("default-export", () => {
  it.each([
    "export default 1;",
    "export default function f() {}",
    "export default class C {}",
    "const x = 1; export { x as default };",
    'export { x as default } from "./x.js";',
  ])("refuses %s", (text) => {
    expect(findingsOf("default-export", { "tools/a.ts": text })).toHaveLength(1);
  });

  it("needs one in a configuration and takes no offence at a switch", () => {
    expect(findingsOf("default-export", { "tsup.config.ts": "export default {};" })).toEqual([]);
    const text = "switch (x) { default: break; }";
    expect(findingsOf("default-export", { "tools/a.ts": text })).toEqual([]);
  });
});

describe("typescript-syntax", () => {
  it.each([
    ["enum Kind { A }", "an enum"],
    ["const enum Kind { A }", "an enum"],
    ["namespace Chat { export const a = 1; }", "a namespace"],
    ["class C { constructor(private readonly a: number) {} }", "a parameter property"],
  ])("refuses %s", (text, what) => {
    expect(findingsOf("typescript-syntax", { "tools/a.ts": text })).toEqual([
      `tools/a.ts:1 ${what}`,
    ]);
  });

  it.each(["declare global { interface Window { a: number } }", 'declare module "x" {}'])(
    "accepts %s",
    (text) => {
      expect(findingsOf("typescript-syntax", { "tools/a.ts": text })).toEqual([]);
    },
  );
});

describe("any", () => {
  it("refuses the type, not the word", () => {
    expect(findingsOf("any", { "tools/a.ts": "let a: any;" })).toEqual(["tools/a.ts:1 `any`"]);
    expect(findingsOf("any", { "tools/a.ts": 'const any = "any"; // any' })).toEqual([]);
  });
});
