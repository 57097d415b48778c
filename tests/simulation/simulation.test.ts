import { describe, expect, it } from "vitest";
import { bundleSimulation } from "./bundle.js";
import { REGRESSIONS } from "./regressions.js";
import { runBundle } from "./run-bundle.js";

/** How long fresh seeds are run in the tests; `npm run sim` runs as many as you like. */
const SMOKE_SECONDS = 60;
/** Enough to walk every rare path. */
const FIXED_SEEDS = 600;
const FIXED_FIRST = "5100000";
/** Seeds that are run twice, to see that a seed decides everything, and applications nothing. */
const REPEATED_SEEDS = 40;

/** Another one each time: the tests of many days look at many seeds. */
const first = String(Date.now() % 1_000_000_000);

const bundle = await bundleSimulation("clean", []);

describe(`seeds from ${first}`, () => {
  it("[B4] each op is shown once, at the same place, in every client, come what may", async () => {
    const words = ["--from", first, "--seconds", String(SMOKE_SECONDS), "--first"];
    const { output, isClean } = await runBundle(bundle, words);
    console.log(`simulation from seed ${first}: ${/^\d+ seeds.*/m.exec(output)?.[0] ?? ""}`);
    expect(isClean ? "clean" : output).toBe("clean");
  });

  it("[B1] every rare path is walked by the seeds that never change", async () => {
    const words = ["--from", FIXED_FIRST, "--seeds", String(FIXED_SEEDS), "--first", "--thorough"];
    const { output, isClean } = await runBundle(bundle, words);
    expect(isClean ? "clean" : output).toBe("clean");
  });

  it("[L8] the same seed does the same again, though every listener throws", async () => {
    const words = ["--from", FIXED_FIRST, "--seeds", String(REPEATED_SEEDS), "--first", "--repeat"];
    const { output, isClean } = await runBundle(bundle, words);
    expect(isClean ? "clean" : output).toBe("clean");
  });
});

describe("seeds that found something once", () => {
  it.each(REGRESSIONS)("$seed: $story", async ({ seed }) => {
    const { output, isClean } = await runBundle(bundle, ["--seed", seed]);
    expect(isClean ? "clean" : output).toBe("clean");
  });
});
