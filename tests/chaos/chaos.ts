import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fullPlan, quickPlan, type ChaosPlan } from "./chaos-plan.js";
import { chaosSummary } from "./chaos-summary.js";
import { runChaos } from "./run-chaos.js";

/** Inside the repository, so that the bundled programs find its packages. */
const CACHE = fileURLToPath(new URL("../.cache/", import.meta.url));

const USAGE = "usage: npm run chaos -- [--seed TEXT] [--kills COUNT] [--quick] [--keep]";

await main(process.argv.slice(2));

/** `npm run chaos`: one run, its summary, and everything kept that explains a failure. */
async function main(words: readonly string[]): Promise<void> {
  const plan = readPlan(words);
  if (plan === undefined) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const folder = `${CACHE}chaos-${plan.seed}-${String(process.pid)}`;
  console.log(`chaos with seed ${plan.seed} in ${folder}`);
  const report = await runChaos(plan, folder, (sentence) => console.log(`… ${sentence}`));
  console.log(chaosSummary(report));
  const hasFailed = report.problems.length > 0;
  if (hasFailed) console.log(`again: npm run chaos -- ${words.join(" ")} --seed ${plan.seed}`);
  if (!hasFailed && !words.includes("--keep")) rmSync(folder, { recursive: true });
  // A line that was left half-open may still be held by the system.
  process.exit(hasFailed ? 1 : 0);
}

function readPlan(words: readonly string[]): ChaosPlan | undefined {
  const value = (name: string): string | undefined => {
    const index = words.indexOf(name);
    return index === -1 ? undefined : words[index + 1];
  };
  const seed = value("--seed") ?? String(Date.now() % 1_000_000);
  const isQuick = words.includes("--quick");
  const kills = Number(value("--kills") ?? (isQuick ? 10 : 200));
  const isSeed = /^[\w-]{1,32}$/.test(seed);
  if (!isSeed || !Number.isSafeInteger(kills) || kills < 1) return undefined;
  return isQuick ? quickPlan(seed, kills) : fullPlan(seed, kills);
}
