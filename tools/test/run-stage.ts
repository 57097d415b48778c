import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { REPOSITORY } from "../bootstrap/repository.js";
import { runCommand } from "../bootstrap/run-command.js";
import { countBrowserTests, countVitest } from "./count-tests.js";
import type { BrowserReport, TestCount, VitestReport } from "./count-tests.js";
import type { Stage } from "./stages.js";

/** No command takes nearly as long; one that does hangs. */
const COMMAND_LIMIT_MS = 8 * 60_000;

/** What a stage came to: the count, and the output to show when it failed. */
export interface StageOutcome extends TestCount {
  readonly output: string;
}

/** Where a stage needs to find things. */
export interface StageSurroundings {
  /** Folder for the reports of the test runners. */
  readonly reportFolder: string;
  /** Program of the browser; undefined when there is none. */
  readonly browserPath: string | undefined;
}

/** Runs the commands of a stage until one fails. Never rejects. */
export async function runStage(
  stage: Stage,
  { reportFolder, browserPath }: StageSurroundings,
): Promise<StageOutcome> {
  if (stage.needsBrowser === true && browserPath === undefined) {
    return { passed: 0, failed: 1, problems: ["there is no browser to run it in"], output: "" };
  }

  const reportPath = join(reportFolder, `${stage.name.replaceAll(" ", "-")}.json`);
  // A report left by an earlier run must not be taken for this one's.
  rmSync(reportPath, { force: true });
  let output = "";
  for (const command of stage.commands) {
    const run = await runCommand([...command, ...reportOptions(stage, reportPath)], {
      root: REPOSITORY,
      cwd: join(REPOSITORY, stage.folder ?? ""),
      limitMs: COMMAND_LIMIT_MS,
      env: {
        TURBO_TELEMETRY_DISABLED: "1",
        // Not a CONFAB_ name: the server under test refuses settings it does not know.
        BROWSER_TEST_REPORT: reportPath,
        ...(browserPath === undefined ? {} : { CHROMIUM_PATH: browserPath }),
      },
    });
    output += run.output;
    if (run.exitCode !== 0) return { ...failedCount(stage, reportPath), output };
  }
  return { ...passedCount(stage, reportPath), output };
}

/** Vitest is told where to write its report; the browser tests read it from the environment. */
function reportOptions(stage: Stage, reportPath: string): string[] {
  if (stage.counts !== "vitest") return [];
  return ["--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`];
}

function passedCount(stage: Stage, reportPath: string): TestCount {
  if (stage.counts === "one") return { passed: 1, failed: 0, problems: [] };

  const count = readReport(stage, reportPath);
  if (count === undefined || count.passed + count.failed === 0) {
    return { passed: 0, failed: 1, problems: ["the stage ran no test at all"] };
  }
  return count;
}

/** A command that failed counts as a failure, even when each of its tests passed. */
function failedCount(stage: Stage, reportPath: string): TestCount {
  const count = stage.counts === "one" ? undefined : readReport(stage, reportPath);
  if (count === undefined) return { passed: 0, failed: 1, problems: [] };
  if (count.failed > 0) return count;
  return { ...count, failed: 1, problems: ["the tests passed, but their runner failed"] };
}

function readReport(stage: Stage, reportPath: string): TestCount | undefined {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(reportPath, "utf8"));
  } catch {
    return undefined;
  }
  return stage.counts === "vitest"
    ? countVitest(report as VitestReport, stage.covers)
    : countBrowserTests(report as BrowserReport);
}
