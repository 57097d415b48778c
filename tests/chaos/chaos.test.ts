import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { quickPlan } from "./chaos-plan.js";
import { chaosSummary } from "./chaos-summary.js";
import { runChaos } from "./run-chaos.js";

const CACHE = fileURLToPath(new URL("../.cache/", import.meta.url));

/** Another one each time; a failure says which. */
const SEED = String(Date.now() % 1_000_000);

it(`[B4] real processes, killed, cut and restored, agree in the end; seed ${SEED}`, async () => {
  const folder = `${CACHE}chaos-test-${SEED}`;
  const report = await runChaos(quickPlan(SEED, 10), folder, () => undefined);
  const again = `npm run chaos -- --quick --seed ${SEED}; histories in ${folder}`;
  expect(report.problems, `${again}\n${chaosSummary(report)}`).toEqual([]);
  rmSync(folder, { recursive: true });
});
