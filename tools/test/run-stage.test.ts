import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { runStage } from "./run-stage.js";
import type { Stage } from "./stages.js";

let reportFolder: string;
beforeEach(() => {
  reportFolder = mkdtempSync(join(tmpdir(), "confab-stage-"));
});
afterEach(() => {
  rmSync(reportFolder, { recursive: true });
});

const node = (script: string) => [process.execPath, "-e", script, "--"];
const outcomeOf = (stage: Partial<Stage>, browserPath?: string) =>
  runStage(
    { name: "a stage", counts: "one", commands: [], ...stage },
    { reportFolder, browserPath },
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

describe("a stage that needs a browser", () => {
  const stage: Partial<Stage> = {
    needsBrowser: true,
    commands: [node("process.exitCode = process.env.CHROMIUM_PATH === '/a/browser' ? 0 : 1")],
  };

  it("is told where it is", async () => {
    expect(await outcomeOf(stage, "/a/browser")).toMatchObject({ passed: 1, failed: 0 });
  });

  it("fails without one", async () => {
    const { failed, problems } = await outcomeOf(stage);
    expect(failed).toBe(1);
    expect(problems).toEqual(["there is no browser to run it in"]);
  });
});
