/** Runs every stage, shows what failed, and ends with the sum. Loaded by `tools/test.js`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { startProgress } from "../bootstrap/progress.js";
import { REPOSITORY } from "../bootstrap/repository.js";
import { provideBrowser } from "./provide-browser.js";
import { runStage } from "./run-stage.js";
import type { StageSurroundings } from "./run-stage.js";
import type { StageResult } from "./stage-result.js";
import { STAGES } from "./stages.js";
import type { Stage } from "./stages.js";
import { summary } from "./summary.js";

const reportFolder = join(REPOSITORY, ".cache", "test");
mkdirSync(reportFolder, { recursive: true });

const results: StageResult[] = [];
const browser = await provideBrowser();
if (browser.path === undefined) {
  console.error(`\n${browser.problem}\n`);
} else {
  console.log(`  Browser: ${browser.version} at ${browser.path}`);
}
for (const stage of STAGES) {
  results.push(await showStage(stage, { reportFolder, browserPath: browser.path }));
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
