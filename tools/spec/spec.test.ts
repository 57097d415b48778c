import { describe, expect, it } from "vitest";

import { readSourceFile } from "../tidy/source-file.js";
import { coverageProblems } from "./check-coverage.js";
import type { CoverageInput } from "./check-coverage.js";
import { coverageTable } from "./coverage-table.js";
import { readNotBuilt } from "./read-not-built.js";
import { readRules } from "./read-rules.js";
import { titledTests } from "./titled-tests.js";

const idsIn = (text: string, path = "packages/sdk/src/a.test.ts") =>
  [...titledTests(readSourceFile(path, text))].map(({ ids }) => ids.join(" "));

describe("reading the protocol page", () => {
  it("takes the lines that begin with an id", () => {
    const page =
      "# Page\n\n- [L3] The cursor is.\nAs in [L3] above.\n  - [L4] Nested\n- [W1] WebSocket";
    expect(readRules(page)).toEqual([
      { id: "L3", text: "The cursor is.", line: 3 },
      { id: "W1", text: "WebSocket", line: 6 },
    ]);
  });

  it("takes the rows of the list of rules not built, and which are built in part", () => {
    const page =
      "# List\n| rule |\n| ---- |\n| [O9] | x |\n\n## Partly built\n\n| [B5] | see [O9] |";
    expect(readNotBuilt(page)).toEqual([
      { id: "O9", isPartlyBuilt: false },
      { id: "B5", isPartlyBuilt: true },
    ]);
  });
});

describe("reading test titles", () => {
  it.each([
    ['it("[L3] the cursor holds", f);', ["L3"]],
    ['test("[L4][L5] both", f);', ["L4 L5"]],
    ['it("[L4] [L5] both", f);', ["L4 L5"]],
    ["it(`[L10] ${n} rows`, f);", ["L10"]],
    ['it("[L3] a " + name, f);', ["L3"]],
    ['it.each(table)("[L3] %s", f);', ["L3"]],
    ['it.concurrent("[L3] x", f);', ["L3"]],
    ["it.each`a|b`('[L3] $a', f);", ["L3"]],
    ['describe("[L3] cursor", () => { it("holds", f); });', ["L3"]],
    ['describe("[L3] cursor", () => {});', []],
    ['it("as [L3] says", f);', []],
    ['expect("[L3] x");', []],
  ])("%s", (text, ids) => {
    expect(idsIn(text)).toEqual(ids);
  });

  it.each([
    "a.test.ts",
    "a.spec.ts",
    "a.contract.ts",
    "a.browser.test.ts",
    "a.integration.test.ts",
  ])("looks into %s", (name) => {
    expect(idsIn('it("[L3] x", f);', `packages/sdk/src/${name}`)).toEqual(["L3"]);
  });

  it("does not look into other files", () => {
    expect(idsIn('it("[L3] x", f);', "packages/sdk/src/a.ts")).toEqual([]);
  });
});

describe("coverage", () => {
  const rule = (id: string) => ({ id, text: "A rule.", line: 1 });
  const titled = (...ids: string[]) => ({ ids, path: "a.test.ts", line: 7 });
  const input: CoverageInput = {
    rules: [rule("L3"), rule("O9"), rule("B5")],
    notBuilt: [
      { id: "O9", isPartlyBuilt: false },
      { id: "B5", isPartlyBuilt: true },
    ],
    tests: [titled("L3"), titled("B5")],
    maxRulesNotBuilt: 2,
  };

  it("is complete when each built rule has a test", () => {
    expect(coverageProblems(input)).toEqual([]);
  });

  it("misses a rule without a test, also one that is built in part", () => {
    expect(coverageProblems({ ...input, tests: [] })).toEqual([
      "no test holds [L3]: write one whose title begins with the id",
      "no test holds [B5]: write one whose title begins with the id",
    ]);
  });

  it("refuses an id the page does not have", () => {
    expect(coverageProblems({ ...input, tests: [...input.tests, titled("L3", "Z1")] })).toEqual([
      "a.test.ts:7 names [Z1], which the protocol page does not have",
    ]);
  });

  it("refuses an id that stands twice in the page", () => {
    const rules = [...input.rules, { id: "L3", text: "Again.", line: 40 }];
    expect(coverageProblems({ ...input, rules })).toEqual([
      "[L3] stands twice in the protocol page; the second is line 40",
    ]);
  });

  it("refuses a page without rules", () => {
    const empty = { ...input, rules: [], notBuilt: [], tests: [], maxRulesNotBuilt: 0 };
    expect(coverageProblems(empty)).toHaveLength(1);
  });

  it("refuses a listed rule that has a test", () => {
    expect(coverageProblems({ ...input, tests: [...input.tests, titled("O9")] })).toEqual([
      "[O9] is listed as not built, yet a test holds it: take it off the list",
    ]);
  });

  it("refuses a longer list, and a maximum that was not lowered with the list", () => {
    expect(coverageProblems({ ...input, maxRulesNotBuilt: 1 })).toHaveLength(1);
    expect(coverageProblems({ ...input, maxRulesNotBuilt: 3 })).toEqual([
      "the list of rules not built has shrunk: " +
        "set MAX_RULES_NOT_BUILT to 2, so that it stays this short",
    ]);
  });

  it("refuses a listed rule the page does not have", () => {
    const notBuilt = [{ id: "Z1", isPartlyBuilt: false }];
    const problems = coverageProblems({ ...input, notBuilt, tests: [titled("L3", "O9", "B5")] });
    expect(problems[0]).toContain("[Z1] is listed as not built");
  });

  it("is printed as one line per rule", () => {
    expect(coverageTable(input).split("\n")).toEqual([
      "rule  tests  state      text",
      "L3        1             A rule.",
      "O9        –  not built  A rule.",
      "B5        1  in part    A rule.",
      "",
      "2 of 3 rules have tests, 2 are not built or only in part",
    ]);
  });
});
