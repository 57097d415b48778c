import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { REPOSITORY } from "../bootstrap/repository.js";
import { runCommand } from "../bootstrap/run-command.js";
import { BROWSER_KINDS } from "./browsers/browser-kinds.js";
import type { BrowserName } from "./browsers/browser-kinds.js";
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
  /** Programs of the browsers there are. */
  readonly browserPaths: Readonly<Partial<Record<BrowserName, string>>>;
  /** True where nobody reads what was left out: every missing browser is a failure. */
  readonly isComplete: boolean;
}

/**
 * Runs the commands of a stage until one fails. Never rejects. Without Chromium a stage that needs
 * browsers fails; without another one it runs in those there are, unless it has to be complete.
 */
export async function runStage(
  stage: Stage,
  surroundings: StageSurroundings,
): Promise<StageOutcome> {
  const missing = missingBrowsers(stage, surroundings);
  if (missing.includes("chromium")) {
    return { passed: 0, failed: 1, problems: [withoutBrowser("chromium")], output: "" };
  }

  const outcome = await runCommands(stage, surroundings);
  if (missing.length === 0 || !surroundings.isComplete) return outcome;
  return {
    ...outcome,
    failed: outcome.failed + missing.length,
    problems: [...outcome.problems, ...missing.map(withoutBrowser)],
  };
}

/** Browsers of the stage that this machine does not have. */
export function missingBrowsers(
  { browsers = [] }: Stage,
  { browserPaths }: Pick<StageSurroundings, "browserPaths">,
): BrowserName[] {
  return browsers.filter((name) => browserPaths[name] === undefined);
}

function withoutBrowser(name: BrowserName): string {
  return `there is no ${BROWSER_KINDS[name].label} to run it in`;
}

async function runCommands(stage: Stage, surroundings: StageSurroundings): Promise<StageOutcome> {
  const { reportFolder, browserPaths } = surroundings;
  const reportPath = join(reportFolder, `${stage.name.replaceAll(" ", "-")}.json`);
  // A report left by an earlier run must not be taken for this one's.
  rmSync(reportPath, { force: true });
  const present = (stage.browsers ?? []).filter((name) => browserPaths[name] !== undefined);
  const report: StageReport = { stage, reportPath, present };
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
        TEST_BROWSERS: present.join(" "),
        ...Object.fromEntries(
          present.map((name) => [BROWSER_KINDS[name].variable, browserPaths[name] ?? ""]),
        ),
      },
    });
    output += run.output;
    if (run.exitCode !== 0) return { ...failedCount(report), output };
  }
  return { ...passedCount(report), output };
}

interface StageReport {
  readonly stage: Stage;
  readonly reportPath: string;
  readonly present: readonly BrowserName[];
}

/** Vitest is told where to write its report; the browser tests read it from the environment. */
function reportOptions(stage: Stage, reportPath: string): string[] {
  if (stage.counts !== "vitest") return [];
  return ["--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`];
}

function passedCount(report: StageReport): TestCount {
  if (report.stage.counts === "one") return { passed: 1, failed: 0, problems: [] };

  const count = readReport(report);
  if (count === undefined || count.passed + count.failed === 0) {
    return { passed: 0, failed: 1, problems: ["the stage ran no test at all"] };
  }
  return count;
}

/** A command that failed counts as a failure, even when each of its tests passed. */
function failedCount(report: StageReport): TestCount {
  const count = report.stage.counts === "one" ? undefined : readReport(report);
  if (count === undefined) return { passed: 0, failed: 1, problems: [] };
  if (count.failed > 0) return count;
  return { ...count, failed: 1, problems: ["the tests passed, but their runner failed"] };
}

function readReport({ stage, reportPath, present }: StageReport): TestCount | undefined {
  const labels = present.map((name) => BROWSER_KINDS[name].label);
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(reportPath, "utf8"));
  } catch {
    return undefined;
  }
  return stage.counts === "vitest"
    ? countVitest(report as VitestReport, stage.covers)
    : countBrowserTests(report as BrowserReport, labels);
}
