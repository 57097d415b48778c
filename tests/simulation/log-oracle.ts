import { LogFold, type Truth } from "./log-fold.js";
import { demand } from "./violation.js";

/** One stored event, as plain SQL finds it. */
export interface StoredEvent {
  readonly seq: number;
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly kind: string;
  readonly count: number;
  /** Fields of its kind, as they lay in the log when they were first seen. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The same, and when it was first seen to be committed, in milliseconds of the world. */
export interface SeenEvent extends StoredEvent {
  readonly seenAt: number;
}

/** Reads what is committed with SQL of its own, so that no code under test judges itself. */
export interface LogReader {
  read(room: string, afterSeq: number): StoredEvent[];
  /** Identity of the log's present life. */
  epoch(room: string): string;
}

/**
 * One room's log as it grew. A restore ends it; what follows is another lineage with the same
 * beginning.
 */
export class Lineage {
  readonly room: string;
  readonly truth: Truth;
  readonly events: SeenEvent[] = [];
  readonly chains: string[] = ["0000000000000000"];
  readonly seqs = new Map<string, number>();
  readonly fold: LogFold;

  constructor(room: string, truth: Truth, past: readonly SeenEvent[] = []) {
    this.room = room;
    this.truth = truth;
    this.fold = new LogFold(room, truth);
    for (const event of past) this.grow(event);
  }

  get head(): number {
    return this.events.length;
  }

  at(seq: number): SeenEvent | undefined {
    return this.events[seq - 1];
  }

  /** Takes what was committed since, and checks it. [I2] [I3] [I15] [I17] */
  grow(event: SeenEvent): void {
    const { room } = this;
    const last = this.events.at(-1);
    demand(event.seq === this.head + 1, "I3", () => `${room} has a hole before ${event.seq}`);
    demand(event.at >= (last?.at ?? 0), "I17", () => `${room} time goes back at ${event.seq}`);
    demand(!this.seqs.has(event.id), "I2", () => `${room} holds ${event.id} twice`);
    this.events.push(event);
    this.seqs.set(event.id, event.seq);
    this.chains.push(chain(this.chains.at(-1) ?? "", event.id));
    this.fold.apply(event);
    demand(event.count === this.fold.shown.length, "I3", () => `${room} count at ${event.seq}`);
  }
}

/**
 * The committed logs, read straight from the database. What was read once may never change, unless
 * an older backup is put back.
 */
export class LogOracle {
  readonly #reader: LogReader;
  readonly #truth: Truth;
  readonly #now: () => number;
  readonly #lineages = new Map<string, Lineage[]>();
  /** How often an older backup was put back. */
  restores = 0;
  /** Ids of events that a restore took away. */
  readonly lost = new Set<string>();

  constructor(reader: LogReader, truth: Truth, now: () => number) {
    this.#reader = reader;
    this.#truth = truth;
    this.#now = now;
  }

  /** The log as it is now. */
  current(room: string): Lineage {
    return this.lineages(room)[0] as Lineage;
  }

  /** Every life of the log, the present one first. */
  lineages(room: string): readonly Lineage[] {
    return this.#lineagesOf(room);
  }

  /** Where the log ends now. */
  head(room: string): number {
    this.refresh(room);
    return this.current(room).head;
  }

  /** The event at `seq`, if it is committed by now. */
  at(room: string, seq: number): SeenEvent | undefined {
    if (seq > this.current(room).head) this.refresh(room);
    return this.current(room).at(seq);
  }

  seqOf(room: string, id: string): number | undefined {
    return this.current(room).seqs.get(id);
  }

  chainAt(room: string, seq: number): string {
    if (seq > this.current(room).head) this.refresh(room);
    return this.current(room).chains[seq] ?? "beyond the head";
  }

  epoch(room: string): string {
    return this.#reader.epoch(room);
  }

  /** Reads what was committed since. */
  refresh(room: string): void {
    const log = this.current(room);
    const seenAt = this.#now();
    for (const event of this.#reader.read(room, log.head)) log.grow({ ...event, seenAt });
  }

  /** An older backup was put back: `heads` are where its logs end. */
  restored(heads: ReadonlyMap<string, number>): void {
    this.restores += 1;
    for (const [room, lineages] of this.#lineages) {
      const before = lineages[0] as Lineage;
      const head = heads.get(room) ?? 0;
      for (const event of before.events.slice(head)) this.lost.add(event.id);
      lineages.unshift(new Lineage(room, this.#truth, before.events.slice(0, head)));
    }
  }

  #lineagesOf(room: string): Lineage[] {
    let lineages = this.#lineages.get(room);
    if (lineages === undefined) {
      lineages = [new Lineage(room, this.#truth)];
      this.#lineages.set(room, lineages);
    }
    return lineages;
  }
}

/** FNV-1a-64 as the protocol page states it, with big integers. */
function chain(previous: string, id: string): string {
  let state = 0xcbf29ce484222325n;
  for (const character of previous + id) {
    state ^= BigInt(character.charCodeAt(0));
    state = (state * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return state.toString(16).padStart(16, "0");
}
