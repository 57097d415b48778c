import { appendFileSync } from "node:fs";
import { reductionFrom, wordsOf, type Reduction } from "./reduction.js";
import { shrink } from "./shrink.js";
import { runSeed, type Run } from "./simulator.js";
import { Tally } from "./tally.js";

interface Wish {
  readonly first: number;
  readonly count: number;
  /** Ends after this time, however many seeds there were. */
  readonly seconds: number;
  readonly reduction: Reduction;
  readonly keepsTrace: boolean;
  readonly stopsAtFirst: boolean;
  readonly shrinks: boolean;
  /** Every seed twice, the second time with listeners that throw: both must do the same. */
  readonly repeats: boolean;
  /** Rare paths that were never walked fail the run. */
  readonly mustBeThorough: boolean;
  /** A line of JSON per chunk is appended here. */
  readonly summary: string | undefined;
}

/** Progress is told, and the summary written, this often while many seeds run. */
const CHUNK_SEEDS = 1_000;

const USAGE = `usage: npm run sim -- [--seed N] [--seeds COUNT] [--from N] [--seconds S]
       [--first] [--trace] [--shrink] [--repeat] [--thorough] [--summary FILE]
       [--without TROUBLE,…] [--clients N] [--rooms N] [--actions 0-3,7]`;

void main(readWish(process.argv.slice(2)));

async function main(wish: Wish): Promise<void> {
  const total = new Tally();
  let chunk = new Tally();
  for (let index = 0; index < wish.count; index += 1) {
    const seed = String(wish.first + index);
    const run = runSeed(seed, wish);
    if (wish.keepsTrace) console.log(run.world.trace.text());
    const failure = run.error ?? (wish.repeats ? otherwise(run, wish) : undefined);
    for (const tally of [total, chunk]) tally.add(run, failure);
    if (failure !== undefined) tellFailure(seed, failure, wish);
    const isOver = total.seconds >= wish.seconds || (failure !== undefined && wish.stopsAtFirst);
    if (isOver || total.seeds % CHUNK_SEEDS === 0 || total.seeds === wish.count) {
      if (wish.summary !== undefined) appendFileSync(wish.summary, `${chunk.json(seed)}\n`);
      if (wish.count > CHUNK_SEEDS) console.log(`… ${total.line()}`);
      chunk = new Tally();
    }
    if (isOver) break;
    await letGo();
  }
  console.log(`${total.line()}\n${total.counters.report()}`);
  const missing = wish.mustBeThorough ? total.counters.missing() : [];
  for (const path of missing) console.log(`never walked: ${path}`);
  process.exitCode = total.failed.length > 0 || missing.length > 0 ? 1 : 0;
}

/**
 * A seed runs without a pause, and the promises it made hold its whole world until somebody lets
 * them be settled.
 */
function letGo(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function tellFailure(seed: string, failure: Error, wish: Wish): void {
  console.log(`seed ${seed}: ${failure.stack ?? failure.message}`);
  const reduction = wish.shrinks ? shrunk(seed, wish.reduction) : wish.reduction;
  console.log(`replay: npm run sim -- --seed ${seed}${wordsOf(reduction)} --trace`);
}

function shrunk(seed: string, from: Reduction): Reduction {
  return shrink(from, (reduction) => {
    const { world, error } = runSeed(seed, { keepsTrace: false, reduction });
    const { clients, rooms } = world.swarm;
    return { broken: promiseOf(error), actions: world.actions, clients, rooms };
  });
}

/** What a failure is recognised by while a seed is shrunk. */
function promiseOf(error: Error | undefined): string | undefined {
  return error?.message
    .replace(/[0-9a-f]{4,}(-[0-9a-f]+)*|\bp?\d+(\.\d+)*\b/g, "#")
    .replace(/".*"/g, "#");
}

/** The second run of a seed must do what the first did, though its applications misbehave. [I28] */
function otherwise(run: Run, wish: Wish): Error | undefined {
  const again = runSeed(run.seed, { ...wish, keepsTrace: false, isRude: true });
  const isSame = again.world.trace.digest() === run.world.trace.digest();
  return isSame ? undefined : new Error("deterministic: no, the same seed did something else");
}

function readWish(words: readonly string[]): Wish {
  const value = (name: string): string | undefined => {
    const index = words.indexOf(name);
    return index === -1 ? undefined : words[index + 1];
  };
  const seed = value("--seed");
  const first = Number(seed ?? value("--from") ?? Math.floor(Math.random() * 1_000_000_000));
  const seconds = Number(value("--seconds") ?? Infinity);
  const seeds = value("--seeds") ?? (seconds < Infinity ? Number.MAX_SAFE_INTEGER : 1_000);
  const count = seed === undefined ? Number(seeds) : 1;
  if (!Number.isSafeInteger(first) || !(count >= 1) || !(seconds > 0)) {
    console.error(USAGE);
    process.exit(2);
  }
  return {
    first,
    count,
    seconds,
    reduction: reductionFrom(value),
    keepsTrace: words.includes("--trace"),
    stopsAtFirst: words.includes("--first"),
    shrinks: words.includes("--shrink"),
    repeats: words.includes("--repeat"),
    mustBeThorough: words.includes("--thorough"),
    summary: value("--summary"),
  };
}
