import { describe, expect, it } from "vitest";

import { countBrowserTests, countVitest } from "./count-tests.js";

const file = (name: string, status: string, ...statuses: string[]) => ({
  name: `/repository/${name}`,
  status,
  assertionResults: statuses.map((each, index) => ({ status: each, fullName: `test ${index}` })),
});

describe("counting a vitest run", () => {
  it("adds up the files", () => {
    const testResults = [
      file("packages/sdk/a.test.ts", "passed", "passed", "passed"),
      file("packages/sdk/b.test.ts", "failed", "passed", "failed"),
    ];
    expect(countVitest({ testResults })).toEqual({ passed: 3, failed: 1, problems: [] });
  });

  it("counts a skipped test as failed and names it", () => {
    const testResults = [file("a.test.ts", "passed", "passed", "skipped")];
    expect(countVitest({ testResults })).toEqual({
      passed: 1,
      failed: 1,
      problems: ["skipped: test 1"],
    });
  });

  it("counts a file that did not load", () => {
    expect(countVitest({ testResults: [file("a.test.ts", "failed")] })).toEqual({
      passed: 0,
      failed: 1,
      problems: ["did not run: /repository/a.test.ts"],
    });
  });

  it("misses a package whose tests did not run", () => {
    const testResults = [file("packages/sdk/src/a.test.ts", "passed", "passed")];
    expect(countVitest({ testResults }, ["packages/sdk", "packages/server"])).toEqual({
      passed: 1,
      failed: 1,
      problems: ["no test ran in packages/server"],
    });
  });
});

describe("counting the browser tests", () => {
  const test = (status: string, browser = "Chromium") => ({ name: "x", status, browser });

  it("counts tests, skipped ones as failed, and errors outside of tests", () => {
    const tests = ["passed", "passed", "failed", "skipped"].map((status) => test(status));
    expect(countBrowserTests({ tests, errors: ["b.ts: did not load"] })).toEqual({
      passed: 2,
      failed: 3,
      problems: ["b.ts: did not load", "skipped: Chromium: x"],
    });
  });

  it("misses a browser in which no test ran", () => {
    const report = { tests: [test("passed"), test("passed", "Firefox")], errors: [] };
    expect(countBrowserTests(report, ["Chromium", "Firefox", "WebKit"])).toEqual({
      passed: 2,
      failed: 1,
      problems: ["no test ran in WebKit"],
    });
  });
});
