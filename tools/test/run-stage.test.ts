import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { runStage } from "./run-stage.js";
import type { StageSurroundings } from "./run-stage.js";
import type { Stage } from "./stages.js";

let reportFolder: string;
beforeEach(() => {
  reportFolder = mkdtempSync(join(tmpdir(), "confab-stage-"));
});
afterEach(() => {
  rmSync(reportFolder, { recursive: true });
});

const node = (script: string) => [process.execPath, "-e", script, "--"];
const outcomeOf = (stage: Partial<Stage>, surroundings: Partial<StageSurroundings> = {}) =>
  runStage(
    { name: "a stage", counts: "one", commands: [], ...stage },
    { reportFolder, browserPaths: {}, isComplete: false, ...surroundings },
  );

/** A stand-in for vitest: writes a report with the given tests where it is told to. */
function runner(statuses: readonly string[], exitCode: number): Partial<Stage> {
  const assertionResults = statuses.map((status) => ({ status, fullName: "x" }));
  const report = { testResults: [{ name: "/r/a.test.ts", status: "passed", assertionResults }] };
  const script = `
    const option = process.argv.find((text) => text.startsWith("--outputFile.json="));
    const report = ${JSON.stringify(JSON.stringify(report))};
    require("node:fs").writeFileSync(option.slice("--outputFile.json=".length), report);
    process.exitCode = ${exitCode};`;
  return { counts: "vitest", commands: [node(script)] };
}

describe("a stage that is one check", () => {
  it("counts one by its exit code", async () => {
    const passing = await outcomeOf({ commands: [node("")] });
    expect(passing).toMatchObject({ passed: 1, failed: 0 });
    const failing = await outcomeOf({ commands: [node("process.exitCode = 2")] });
    expect(failing).toMatchObject({ passed: 0, failed: 1 });
  });

  it("stops at the first command that fails and keeps its output", async () => {
    const commands = [node("console.log('one'); process.exitCode = 1"), node("console.log('two')")];
    const { failed, output } = await outcomeOf({ commands });
    expect(failed).toBe(1);
    expect(output).toContain("one");
    expect(output).not.toContain("two");
  });
});

describe("a stage of tests", () => {
  it("counts the tests of the report", async () => {
    expect(await outcomeOf(runner(["passed", "passed"], 0))).toMatchObject({
      passed: 2,
      failed: 0,
    });
    expect(await outcomeOf(runner(["passed", "failed"], 1))).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  it("fails when no test ran", async () => {
    const { failed, problems } = await outcomeOf(runner([], 0));
    expect(failed).toBe(1);
    expect(problems).toEqual(["the stage ran no test at all"]);
  });

  it("fails when the runner fails although each test passed", async () => {
    expect(await outcomeOf(runner(["passed"], 1))).toMatchObject({ passed: 1, failed: 1 });
  });

  it("does not take the report of an earlier run for its own", async () => {
    writeFileSync(join(reportFolder, "a-stage.json"), JSON.stringify({ testResults: [] }));
    const { failed, problems } = await outcomeOf({ counts: "vitest", commands: [node("")] });
    expect(failed).toBe(1);
    expect(problems).toEqual(["the stage ran no test at all"]);
  });
});

describe("a stage that needs browsers", () => {
  const chromium = "/a/browser";
  const stage: Partial<Stage> = {
    browsers: ["chromium", "firefox"],
    commands: [
      node(`
        const { CHROMIUM_PATH, FIREFOX_PATH, TEST_BROWSERS } = process.env;
        console.log([CHROMIUM_PATH, FIREFOX_PATH, TEST_BROWSERS].join(","));`),
    ],
  };

  it("is told where they are", async () => {
    const browserPaths = { chromium, firefox: "/a/fox", webkit: "/a/kit" };
    const { output, ...count } = await outcomeOf(stage, { browserPaths, isComplete: true });
    expect(count).toMatchObject({ passed: 1, failed: 0 });
    expect(output.trim()).toBe("/a/browser,/a/fox,chromium firefox");
  });

  it("fails without Chromium", async () => {
    const { failed, problems } = await outcomeOf(stage, { browserPaths: { firefox: "/a/fox" } });
    expect(failed).toBe(1);
    expect(problems).toEqual(["there is no Chromium to run it in"]);
  });

  it("runs in those there are where a person can read what is missing", async () => {
    const { output, ...count } = await outcomeOf(stage, { browserPaths: { chromium } });
    expect(count).toMatchObject({ passed: 1, failed: 0, problems: [] });
    expect(output).toContain(",chromium\n");
  });

  it("fails without one where it has to be complete", async () => {
    const surroundings = { browserPaths: { chromium }, isComplete: true };
    const { passed, failed, problems } = await outcomeOf(stage, surroundings);
    expect([passed, failed]).toEqual([1, 1]);
    expect(problems).toEqual(["there is no Firefox to run it in"]);
  });
});
