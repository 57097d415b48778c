import { Counters } from "./counters.js";
import { runSeed } from "./simulator.js";

interface Wish {
  readonly first: number;
  readonly count: number;
  readonly keepsTrace: boolean;
  readonly stopsAtFirst: boolean;
}

/** How often progress is told while many seeds run. */
const PROGRESS_EVERY_SEEDS = 500;

main(readWish(process.argv.slice(2)));

function main(wish: Wish): void {
  const counters = new Counters();
  const failures: string[] = [];
  let operations = 0;
  let virtualHours = 0;
  const startedAt = performance.now();
  for (let index = 0; index < wish.count; index += 1) {
    const seed = String(wish.first + index);
    const run = runSeed(seed, { keepsTrace: wish.keepsTrace });
    counters.merge(run.world.counters);
    operations += run.operations;
    virtualHours += run.virtualMs / 3_600_000;
    if (wish.keepsTrace) console.log(run.world.trace.text());
    if (run.error !== undefined) {
      failures.push(seed);
      console.log(`seed ${seed}: ${run.error.stack ?? run.error.message}`);
      console.log(`replay: npm run sim -- --seed ${seed} --trace`);
      if (wish.stopsAtFirst) break;
    }
    if ((index + 1) % PROGRESS_EVERY_SEEDS === 0) tellProgress(index + 1, wish.count, startedAt);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const hours = virtualHours.toFixed(1);
  console.log(
    `${String(wish.count)} seeds, ${String(operations)} messages, ${hours} virtual hours`,
  );
  console.log(
    `${(wish.count / seconds).toFixed(1)} seeds per second, ${String(failures.length)} failed`,
  );
  console.log(counters.report());
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function tellProgress(done: number, count: number, startedAt: number): void {
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `… ${String(done)} of ${String(count)} seeds, ${(done / seconds).toFixed(0)} a second`,
  );
}

function readWish(words: readonly string[]): Wish {
  const value = (name: string): string | undefined => {
    const index = words.indexOf(name);
    return index === -1 ? undefined : words[index + 1];
  };
  const seed = value("--seed");
  const seeds = value("--seeds");
  const from = value("--from");
  const first = Number(seed ?? from ?? Math.floor(Math.random() * 1_000_000_000));
  const count = seed === undefined ? Number(seeds ?? 1_000) : 1;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || count < 1) {
    console.error(
      "usage: npm run sim -- [--seed N [--trace]] [--seeds COUNT [--from N]] [--first]",
    );
    process.exit(2);
  }
  return {
    first,
    count,
    keepsTrace: words.includes("--trace"),
    stopsAtFirst: words.includes("--first"),
  };
}
