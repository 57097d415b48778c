import { describe, expect, it } from "vitest";

import { findingsOf } from "../findings-of.js";

const importing = (specifier: string) => `import { x } from "${specifier}";\nexport const y = x;\n`;

function whatIsWrong(path: string, specifier: string): string[] {
  return findingsOf("import", { [path]: importing(specifier) });
}

describe("import", () => {
  it("lets a layer use the ones below it and itself", () => {
    expect(whatIsWrong("packages/sdk/src/timeline/a.ts", "../log/b.js")).toEqual([]);
    expect(whatIsWrong("packages/sdk/src/log/a.ts", "./b.js")).toEqual([]);
  });

  it("refuses an import upwards", () => {
    expect(whatIsWrong("packages/server/src/storage/a.ts", "../gateway/hub.js")).toEqual([
      "packages/server/src/storage/a.ts:1 storage stands below gateway or beside it",
    ]);
  });

  it("refuses an import sideways", () => {
    expect(whatIsWrong("packages/sdk/src/outbox/a.ts", "../log/b.js")).toEqual([
      "packages/sdk/src/outbox/a.ts:1 outbox stands below log or beside it",
    ]);
  });

  it("holds the gateway off the storage", () => {
    expect(whatIsWrong("packages/server/src/gateway/session.ts", "../storage/a.js")).toHaveLength(
      1,
    );
  });

  it("asks for a place in the table for every file", () => {
    expect(whatIsWrong("packages/sdk/src/elsewhere/a.ts", "../log/b.js")).toEqual([
      "packages/sdk/src/elsewhere/a.ts:1 a file without a place in the table",
    ]);
  });

  it("refuses a package that is not in the table", () => {
    expect(whatIsWrong("packages/elements/src/components/a.ts", "nanostores")).toEqual([
      "packages/elements/src/components/a.ts:1 packages/elements/src does not use nanostores",
    ]);
    expect(whatIsWrong("packages/elements/src/components/a.ts", "lit/decorators.js")).toEqual([]);
  });

  it("gives the server the protocol of the SDK and not the SDK", () => {
    expect(whatIsWrong("packages/server/src/gateway/a.ts", "@confab/sdk/protocol")).toEqual([]);
    expect(whatIsWrong("packages/server/src/gateway/a.ts", "@confab/sdk")).toHaveLength(1);
  });

  it("lets the protocol import nothing but its schema library", () => {
    expect(whatIsWrong("packages/sdk/src/protocol/a.ts", "zod")).toEqual([]);
    expect(whatIsWrong("packages/sdk/src/protocol/a.ts", "nanostores")).toHaveLength(1);
    expect(whatIsWrong("packages/sdk/src/protocol/a.ts", "../errors.js")).toHaveLength(1);
  });

  it("sees re-exports, dynamic imports and import types", () => {
    const up = "../gateway/hub.js";
    const text = [
      `export { hub } from "${up}";`,
      `export const later = () => import("${up}");`,
      `export type Hub = import("${up}").Hub;`,
    ].join("\n");
    expect(findingsOf("import", { "packages/server/src/storage/a.ts": text })).toHaveLength(3);
  });

  it("refuses the inside of another package, in tests too", () => {
    const specifier = "../../../sdk/src/log/b.js";
    expect(whatIsWrong("packages/server/src/gateway/a.test.ts", specifier)).toEqual([
      `packages/server/src/gateway/a.test.ts:1 ${specifier} leaves the package`,
    ]);
    expect(whatIsWrong("tests/e2e/a.spec.ts", "@confab/sdk/src/room.js")).toEqual([
      "tests/e2e/a.spec.ts:1 @confab/sdk/src/room.js is not published",
    ]);
  });

  it("holds the product off what tests are made of, and lets that use anything", () => {
    expect(whatIsWrong("packages/sdk/src/log/a.ts", "../testing/clock.js")).toHaveLength(1);
    expect(whatIsWrong("packages/elements/src/testing/a.ts", "@open-wc/testing")).toEqual([]);
  });

  it("refuses the index of one's own folder", () => {
    expect(whatIsWrong("packages/sdk/src/protocol/a.ts", "./index.js")).toEqual([
      "packages/sdk/src/protocol/a.ts:1 ./index.js is the list for others, not for its own folder",
    ]);
    expect(whatIsWrong("packages/sdk/src/protocol/a.test.ts", "./index.js")).toEqual([]);
  });
});
