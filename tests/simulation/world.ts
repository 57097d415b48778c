import { SeededRandom, VirtualClock } from "@confab/sdk/testing";
import { Counters } from "./counters.js";
import { LogOracle, type LogReader } from "./log-oracle.js";
import { drawSwarm, type Swarm } from "./swarm.js";
import { Trace } from "./trace.js";
import type { OpRecord } from "./wire-checker.js";

/**
 * What one seed's processes share: time, chance, the truth of the database, and what went wrong.
 */
export class World {
  readonly clock = new VirtualClock();
  readonly random: SeededRandom;
  readonly swarm: Swarm;
  readonly counters = new Counters();
  readonly trace: Trace;
  readonly oracle: LogOracle;
  /** Outcomes both sides ever heard, by op id. */
  readonly outcomes = new Map<string, OpRecord>();
  #violation: Error | undefined;

  constructor(seed: string, reader: LogReader, options: { readonly keepsTrace: boolean }) {
    this.random = new SeededRandom(seed);
    this.swarm = drawSwarm(this.random.fork("swarm"));
    this.trace = new Trace({ keepsText: options.keepsTrace });
    this.oracle = new LogOracle(reader);
  }

  /** Whether the time of trouble is over. */
  get isHealed(): boolean {
    return this.clock.monotonic() > this.swarm.chaosMs;
  }

  /**
   * Runs a check; the first that fails ends the run, even where the code under test catches
   * exceptions.
   */
  check(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error: unknown): void {
    const problem = error instanceof Error ? error : new Error(String(error));
    if (this.#violation === undefined) this.note("checker", problem.message);
    this.#violation ??= problem;
  }

  note(who: string, what: string): void {
    this.trace.add(this.clock.monotonic(), who, what);
  }

  /** Lets time pass; throws the first violation found meanwhile. */
  pass(ms: number): void {
    this.clock.advance(ms);
    if (this.#violation !== undefined) throw this.#violation;
  }
}
