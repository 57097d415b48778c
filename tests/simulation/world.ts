import { SeededRandom, VirtualClock } from "@confab/sdk/testing";
import { AskedOps } from "./asked-op.js";
import { Counters } from "./counters.js";
import { LogOracle, type LogReader } from "./log-oracle.js";
import type { Reduction } from "./reduction.js";
import { calmed, drawSwarm, type Swarm } from "./swarm.js";
import { TokenOffice } from "./token-office.js";
import { Trace } from "./trace.js";
import type { OpRecord } from "./outcome-checker.js";

/** How a seed is run. */
export interface RunOptions {
  readonly keepsTrace: boolean;
  /** Applications whose listeners throw: nothing may change by it. [I28] */
  readonly isRude?: boolean;
  readonly reduction: Reduction;
}

/**
 * What one seed's processes share: time, chance, the truth of the database, and what went wrong.
 */
export class World {
  readonly clock = new VirtualClock();
  readonly random: SeededRandom;
  readonly swarm: Swarm;
  readonly counters = new Counters();
  readonly trace: Trace;
  readonly asked = new AskedOps();
  readonly oracle: LogOracle;
  readonly office: TokenOffice;
  /** Outcomes both sides ever heard, by op id. */
  readonly outcomes = new Map<string, OpRecord>();
  /** When the outcome of an op reached a client, by op id. */
  readonly heard = new Map<string, number>();
  /** What an answer or an event told one life of a tab: the life and the op's id. */
  readonly told = new Set<string>();
  /** How often a backup had been put back when a life of a tab heard of a room: life and room. */
  readonly restoresKnown = new Map<string, number>();
  /** Ids of everybody there is. */
  people: readonly string[] = [];
  /** When somebody last said that they type, by user and room. */
  readonly typing = new Map<string, number>();
  readonly isRude: boolean;
  readonly #kept: ReadonlySet<number> | undefined;
  #actions = 0;
  #violation: Error | undefined;

  constructor(seed: string, reader: LogReader, options: RunOptions) {
    const { keepsTrace, reduction, isRude = false } = options;
    this.isRude = isRude;
    this.random = new SeededRandom(seed);
    const drawn = calmed(drawSwarm(this.random.fork("swarm")), reduction.without);
    const { clients = drawn.clients, rooms = drawn.rooms } = reduction;
    this.swarm = { ...drawn, clients, rooms };
    this.#kept = reduction.actions === undefined ? undefined : new Set(reduction.actions);
    this.trace = new Trace({ keepsText: keepsTrace });
    this.oracle = new LogOracle(
      reader,
      (id) => this.asked.get(id),
      () => this.clock.monotonic(),
    );
    this.office = new TokenOffice(this);
  }

  /** Whether the time of trouble is over. */
  get isHealed(): boolean {
    return this.clock.monotonic() > this.swarm.chaosMs;
  }

  /** How often somebody was about to do something. */
  get actions(): number {
    return this.#actions;
  }

  /** Somebody is about to do something: tells whether it is left in. */
  admits(): boolean {
    const number = this.#actions;
    this.#actions += 1;
    return this.#kept === undefined || this.#kept.has(number);
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
