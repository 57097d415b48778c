import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { bundleSimulation } from "./bundle.js";
import { MUTANTS } from "./mutants.js";

const run = promisify(execFile);

/** A mutant that survives this many seeds shows a hole in the checkers. */
const SEEDS = 1_500;
const FIRST_SEED = 1;

describe.concurrent("deliberate bugs", () => {
  it.each(MUTANTS)("the simulation finds $id: $story", async ({ id, edits, expected }) => {
    const bundle = await bundleSimulation(id, edits);
    const output = await runSeeds(bundle);
    expect(output, "the mutant survived").toMatch(/^seed \d+: /m);
    expect(output).toMatch(expected);
  });
});

/** Output of the seeds up to the first that fails; a failing run is what we hope for. */
async function runSeeds(bundle: string): Promise<string> {
  const words = ["--seeds", String(SEEDS), "--from", String(FIRST_SEED), "--first"];
  try {
    return (await run(process.execPath, [bundle, ...words])).stdout;
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}
