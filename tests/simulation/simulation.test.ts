import { describe, expect, it } from "vitest";
import { Counters } from "./counters.js";
import { REGRESSIONS } from "./regressions.js";
import { runSeed, type Run } from "./simulator.js";

/** Fresh seeds in one run of the tests; `npm run sim` runs as many as you like. */
const FRESH_SEEDS = 300;
/** Seeds whose traces are compared with a second run of the same. */
const REPEATED_SEEDS = 3;

const first = Math.floor(Math.random() * 1_000_000_000);

describe(`seeds from ${String(first)}`, () => {
  it("[B4] each op is shown once, at the same place, in every client, whatever happens", () => {
    const counters = new Counters();
    for (let index = 0; index < FRESH_SEEDS; index += 1) {
      const run = runSeed(String(first + index), { keepsTrace: false });
      counters.merge(run.world.counters);
      expectClean(run);
    }
    expect(counters.missing(), "rare paths that were never walked").toEqual([]);
  });

  it("the same seed does the same again", () => {
    for (let index = 0; index < REPEATED_SEEDS; index += 1) {
      const seed = String(first + index);
      const digests = [1, 2].map(() => runSeed(seed, { keepsTrace: false }).world.trace.digest());
      expect(digests[0], `seed ${seed}`).toBe(digests[1]);
    }
  });
});

describe("seeds that found something once", () => {
  it.each(REGRESSIONS)("$seed: $story", ({ seed }) => {
    expectClean(runSeed(seed, { keepsTrace: false }));
  });
});

function expectClean({ seed, error }: Run): void {
  const replay = `replay: npm run sim -- --seed ${seed} --trace`;
  expect(error === undefined ? "clean" : `${error.message}\n${replay}`).toBe("clean");
}
