import { describe, expect, it } from "vitest";

import { findingsOf } from "../findings-of.js";

describe("todo", () => {
  // Written in two parts, or this file would break the rule itself.
  const note = "TO" + "DO";

  it("wants the number of an issue", () => {
    expect(findingsOf("todo", { "tools/a.ts": `\n// ${note}: later` })).toEqual([
      `tools/a.ts:2 ${note} without an issue number`,
    ]);
    expect(findingsOf("todo", { "tools/a.ts": `// ${note} #12: later` })).toEqual([]);
  });
});

describe("partial-tests", () => {
  it.each([
    'it.only("x", f);',
    'test.skip("x", f);',
    'describe.skip("x", f);',
    'it.skipIf(condition)("x", f);',
    'test.todo("x");',
    'it.concurrent.only("x", f);',
    'it.only.each([1])("x", f);',
    'xit("x", f);',
  ])("refuses %s", (text) => {
    expect(findingsOf("partial-tests", { "tests/e2e/a.spec.ts": text })).toHaveLength(1);
  });

  it("accepts a whole test", () => {
    const text = 'it.each([1])("x", f); list.only(2);';
    expect(findingsOf("partial-tests", { "tests/e2e/a.spec.ts": text })).toEqual([]);
  });
});

describe("markdown-title", () => {
  it("wants a title on the first line with text", () => {
    expect(findingsOf("markdown-title", { "docs/a.md": "Some text\n\n# Title" })).toHaveLength(1);
    expect(findingsOf("markdown-title", { "docs/a.md": "## Smaller" })).toHaveLength(1);
    expect(findingsOf("markdown-title", { "docs/a.md": "" })).toHaveLength(1);
    expect(findingsOf("markdown-title", { "docs/a.md": "\n# Title\n" })).toEqual([]);
  });

  it("leaves the parts of a changelog alone", () => {
    expect(findingsOf("markdown-title", { ".changeset/a.md": "---\n---\n\nText" })).toEqual([]);
  });
});

describe("dead-link", () => {
  const page = [
    "# A",
    "[there](../tools/a.ts), [not there](gone.md), [folder](../tools/), [elsewhere](https://a.b/c)",
    "[part](#a), [part of a page](a.md#b), `tools/a.ts`, `tools/gone.ts`, `tools/*.ts`, `npm test`",
    "![picture](../tools/a.png), `packages/sdk/dist/index.js`",
  ].join("\n");

  it("finds links and paths that lead nowhere", () => {
    const files = { "docs/a.md": page, "tools/a.ts": "", "tools/a.png": "" };
    expect(findingsOf("dead-link", files)).toEqual([
      "docs/a.md:2 gone.md does not exist",
      "docs/a.md:3 tools/gone.ts does not exist",
    ]);
  });
});

describe("private-place", () => {
  const path = (...parts: string[]) => ["", ...parts].join("/");

  it.each([
    `cd ${path("root", "confab")}`,
    `see ${path("home", "someone", "x.md")}`,
    `open ${path("Users", "someone", "x.md")}`,
    `cd ${path("work", "main")}`,
    ["C:", "Users", "someone"].join("\\"),
    `"resolved": "${["https:", "", "packages.example", "x.tgz"].join("/")}"`,
    `from ${["registry", "example", "com"].join(".")}/x`,
  ])("refuses %s", (text) => {
    expect(findingsOf("private-place", { "docs/a.md": `# A\n${text}` })).toHaveLength(1);
  });

  it.each([
    "docs/root/x.md",
    "https://example.com/work/main",
    "/var/lib/confab",
    "see https://www.npmjs.com/package/lit",
  ])("accepts %s", (text) => {
    expect(findingsOf("private-place", { "docs/a.md": `# A\n${text}` })).toEqual([]);
  });
});
