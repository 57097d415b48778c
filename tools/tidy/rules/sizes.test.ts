import { describe, expect, it } from "vitest";

import { findingsOf } from "../findings-of.js";

const lines = (count: number) => "export {};\n".repeat(count);
const functionOf = (count: number) => `export function f() {\n${"\n".repeat(count - 2)}}\n`;

describe("file-length", () => {
  it("allows a source file 300 lines and not one more", () => {
    expect(findingsOf("file-length", { "packages/sdk/src/a.ts": lines(300) })).toEqual([]);
    expect(findingsOf("file-length", { "packages/sdk/src/a.ts": lines(301) })).toEqual([
      "packages/sdk/src/a.ts:301 301 lines",
    ]);
  });

  it("allows a test file 500 lines and not one more", () => {
    expect(findingsOf("file-length", { "packages/sdk/src/a.test.ts": lines(500) })).toEqual([]);
    expect(findingsOf("file-length", { "packages/sdk/src/a.contract.ts": lines(501) })).toEqual([
      "packages/sdk/src/a.contract.ts:501 501 lines",
    ]);
  });

  it("holds for stylesheets and leaves pages of text alone", () => {
    expect(findingsOf("file-length", { "examples/plain-html/a.css": lines(301) })).toHaveLength(1);
    expect(findingsOf("file-length", { "docs/a.md": lines(900) })).toEqual([]);
  });
});

describe("function-length", () => {
  it("allows a function 60 lines and not one more", () => {
    expect(findingsOf("function-length", { "tools/a.ts": functionOf(60) })).toEqual([]);
    expect(findingsOf("function-length", { "tools/a.ts": functionOf(61) })).toEqual([
      "tools/a.ts:1 a function of 61 lines",
    ]);
  });

  it.each([
    ["an arrow function", `export const f = () => {\n${"\n".repeat(60)}};`],
    ["a method", `export class C {\n  m() {\n${"\n".repeat(60)}  }\n}`],
    ["a getter", `export class C {\n  get m() {\n${"\n".repeat(60)}return 1; }\n}`],
    ["a constructor", `export class C {\n  constructor() {\n${"\n".repeat(60)}  }\n}`],
  ])("measures %s", (_name, text) => {
    expect(findingsOf("function-length", { "tools/a.ts": text })).toHaveLength(1);
  });

  it("lets a suite of tests be long", () => {
    expect(findingsOf("function-length", { "tools/a.test.ts": functionOf(200) })).toEqual([]);
  });
});

describe("line-length", () => {
  it("allows 100 columns and not one more, counting characters", () => {
    const wide = (count: number) => `// ${"é".repeat(count - 3)}\n`;
    expect(findingsOf("line-length", { "tools/a.ts": wide(100) })).toEqual([]);
    expect(findingsOf("line-length", { "tools/a.ts": `\n${wide(101)}` })).toEqual([
      "tools/a.ts:2 101 columns",
    ]);
  });

  it("counts an emoji outside the basic plane as one column", () => {
    expect(findingsOf("line-length", { "tools/a.ts": `// ${"😀".repeat(97)}` })).toEqual([]);
  });
});

describe("small-files", () => {
  const repository = (longCount: number) =>
    Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `tools/file-${index}.ts`,
        lines(index < longCount ? 200 : 199),
      ]),
    );

  it("lets one source file in twenty have 200 lines", () => {
    expect(findingsOf("small-files", repository(2))).toEqual([]);
  });

  it("names every long file when there are more", () => {
    expect(findingsOf("small-files", repository(3))).toEqual([
      "tools/file-0.ts:200 200 lines, one of 3 long files among 40",
      "tools/file-1.ts:200 200 lines, one of 3 long files among 40",
      "tools/file-2.ts:200 200 lines, one of 3 long files among 40",
    ]);
  });
});
