import { describe, expect, it } from "vitest";

import { findingsOf } from "../findings-of.js";

const manifest = (entry: string) => JSON.stringify({ exports: { ".": entry } });

describe("unused-file", () => {
  const sdk = {
    "packages/sdk/package.json": manifest("./src/index.ts"),
    "packages/sdk/src/index.ts": 'export { room } from "./room.js";',
    "packages/sdk/src/room.ts": 'import type { L } from "./log.js"; export const room = 1 as L;',
    "packages/sdk/src/log.ts": "export type L = number;",
  };

  it("follows imports and re-exports from what a package publishes", () => {
    expect(findingsOf("unused-file", sdk)).toEqual([]);
  });

  it("refuses a file nothing imports, and a ring of files nothing imports", () => {
    const files = {
      ...sdk,
      "packages/sdk/src/a.ts": 'import "./b.js";',
      "packages/sdk/src/b.ts": 'import "./a.js";',
    };
    expect(findingsOf("unused-file", files)).toEqual([
      "packages/sdk/src/a.ts:1 a file nothing uses",
      "packages/sdk/src/b.ts:1 a file nothing uses",
    ]);
  });

  it("refuses product code only its own test uses, and allows what tests are written with", () => {
    const files = {
      ...sdk,
      "packages/sdk/src/a.ts": "",
      "packages/sdk/src/a.test.ts": 'import "./a.js"; import "./testing/clock.js";',
      "packages/sdk/src/testing/clock.ts": "",
    };
    expect(findingsOf("unused-file", files)).toEqual([
      "packages/sdk/src/a.ts:1 a file only tests use",
    ]);
  });

  it("knows the entries of a build, patterns included", () => {
    const files = {
      "packages/elements/tsup.config.ts": 'export default { entry: ["src/components/*/*.ts"] };',
      "packages/elements/src/components/chat-room/chat-room.ts": "",
      "packages/elements/src/components/deep.ts": "",
    };
    expect(findingsOf("unused-file", files)).toEqual([
      "packages/elements/src/components/deep.ts:1 a file nothing uses",
    ]);
  });

  it("follows a worker's address and a script of package.json", () => {
    const files = {
      "package.json": '{ "scripts": { "start": "node tools/start.js" } }',
      "tools/start.js": 'new Worker(new URL("./worker.ts", import.meta.url));',
      "tools/worker.ts": 'import "./plain.js"; run(`${ROOT}tests/sim/command.ts`);',
      "tools/plain.js": "",
      "tests/sim/command.ts": "",
    };
    expect(findingsOf("unused-file", files)).toEqual([]);
  });
});

describe("index-file", () => {
  it("refuses code in an index", () => {
    const files = {
      "packages/sdk/package.json": manifest("./src/index.ts"),
      "packages/sdk/src/index.ts": 'export { a } from "./a.js";\nexport const b = 1;',
    };
    expect(findingsOf("index-file", files)).toEqual([
      "packages/sdk/src/index.ts:2 code in an index",
    ]);
  });

  it("refuses an index that no package publishes", () => {
    const files = {
      "packages/sdk/package.json": manifest("./src/index.ts"),
      "packages/sdk/src/index.ts": "",
      "packages/sdk/src/log/index.ts": "",
    };
    expect(findingsOf("index-file", files)).toEqual([
      "packages/sdk/src/log/index.ts:1 an index that no package.json publishes",
    ]);
  });
});
