/** Runs every stage, shows what failed, and ends with the sum. Loaded by `tools/test.js`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { startProgress } from "../bootstrap/progress.js";
import { REPOSITORY } from "../bootstrap/repository.js";
import { BROWSER_KINDS, BROWSER_NAMES } from "./browsers/browser-kinds.js";
import type { BrowserName } from "./browsers/browser-kinds.js";
import { provideBrowsers } from "./browsers/provide-browsers.js";
import { missingBrowsers, runStage } from "./run-stage.js";
import type { StageSurroundings } from "./run-stage.js";
import type { StageResult } from "./stage-result.js";
import { STAGES } from "./stages.js";
import type { Stage } from "./stages.js";
import { summary } from "./summary.js";

const reportFolder = join(REPOSITORY, ".cache", "test");
mkdirSync(reportFolder, { recursive: true });

const results: StageResult[] = [];
const browsers = await provideBrowsers();
const browserPaths: Partial<Record<BrowserName, string>> = {};
for (const name of BROWSER_NAMES) {
  const browser = browsers[name];
  if (browser.path === undefined) {
    console.error(`\n${browser.problem}\n`);
  } else {
    browserPaths[name] = browser.path;
    console.log(`  ${BROWSER_KINDS[name].label}: ${browser.version} at ${browser.path}`);
  }
}

// Every service that runs tests sets CI; nobody sits there who would read what is missing.
const isComplete = (process.env["CI"] ?? "") !== "";
for (const stage of STAGES) {
  results.push(await showStage(stage, { reportFolder, browserPaths, isComplete }));
}

for (const stage of STAGES) {
  const missing = missingBrowsers(stage, { browserPaths });
  const labels = missing.map((name) => BROWSER_KINDS[name].label);
  if (missing.length > 0) console.log(`\n${stage.name}: not run in ${labels.join(" and ")}`);
}
console.log(`\n${summary(results)}`);
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;

async function showStage(stage: Stage, surroundings: StageSurroundings): Promise<StageResult> {
  const startedAt = performance.now();
  const progress = startProgress(stage.name);
  const { passed, failed, problems, output } = await runStage(stage, surroundings);

  progress.end(failed === 0 ? `✓ ${stage.name}` : `✗ ${stage.name}`);
  if (failed > 0) console.log([output.trimEnd(), ...problems, ""].join("\n"));
  return { name: stage.name, passed, failed, seconds: (performance.now() - startedAt) / 1_000 };
}
