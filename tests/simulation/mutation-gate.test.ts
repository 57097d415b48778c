import { describe, expect, it } from "vitest";
import { bundleSimulation } from "./bundle.js";
import { MUTANTS } from "./mutants.js";
import { runBundle } from "./run-bundle.js";

/** A mutant that survives this many seeds shows a hole in the checkers. */
const SEEDS = 1_500;
/** What a seed that fails for an easy reason may still need after it was shrunk. */
const SHRUNK_MAX_ACTIONS = 8;

describe.concurrent("deliberate bugs", () => {
  it.each(MUTANTS)("the simulation finds $id: $story", async (mutant) => {
    const bundle = await bundleSimulation(mutant.id, mutant.edits);
    const output = await runSeeds(bundle, mutant.firstSeed);
    expect(output, "the mutant survived").toMatch(/^seed \d+: /m);
    // Whole words: I1 is not I16.
    expect(output).toMatch(new RegExp(String.raw`\b(?:${mutant.expected.source})\b`));
  });

  it("a failing seed is shrunk to what it needs to fail", async () => {
    const easy = MUTANTS.find((mutant) => mutant.id === "no-dedup");
    const bundle = await bundleSimulation("shrunk", easy?.edits ?? []);
    const output = await runSeeds(bundle, 1, "--shrink");
    const replay = /^replay: npm run sim -- (.*) --trace$/m.exec(output)?.[1]?.split(" ") ?? [];
    const again = await runBundle(bundle, [...replay, "--repeat"]);
    expect(again.output).toMatch(/^seed \d+: /m);
    expect(actionsIn(replay)).toBeLessThanOrEqual(SHRUNK_MAX_ACTIONS);
  });
});

/** Output of the seeds up to the first that fails. */
async function runSeeds(
  bundle: string,
  first: number,
  ...more: readonly string[]
): Promise<string> {
  const words = ["--seeds", String(SEEDS), "--from", String(first), "--first", ...more];
  return (await runBundle(bundle, words)).output;
}

/** How many actions a command line asks for. */
function actionsIn(words: readonly string[]): number {
  const ranges = words[words.indexOf("--actions") + 1] ?? "";
  return ranges.split(",").reduce((sum, range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return sum + last - first + 1;
  }, 0);
}
