import { demand } from "./violation.js";

/** One stored event, as plain SQL finds it. */
export interface StoredEvent {
  readonly seq: number;
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly count: number;
  readonly body: string;
}

/** Reads committed events with SQL of its own, so that no code under test judges itself. */
export interface LogReader {
  read(room: string, afterSeq: number): StoredEvent[];
}

/**
 * The committed logs, read straight from the database. What was read once may never change: rows
 * are remembered and every new one is checked for density, order of time and the chain, computed
 * here a second time with big integers.
 */
export class LogOracle {
  readonly #reader: LogReader;
  readonly #rooms = new Map<
    string,
    { events: StoredEvent[]; chains: string[]; seqs: Map<string, number> }
  >();

  constructor(reader: LogReader) {
    this.#reader = reader;
  }

  events(room: string): readonly StoredEvent[] {
    return this.#log(room).events;
  }

  head(room: string): number {
    this.refresh(room);
    return this.#log(room).events.length;
  }

  /** The event at `seq`, if it is committed by now. */
  at(room: string, seq: number): StoredEvent | undefined {
    if (seq > this.#log(room).events.length) this.refresh(room);
    return this.#log(room).events[seq - 1];
  }

  seqOf(room: string, id: string): number | undefined {
    return this.#log(room).seqs.get(id);
  }

  chainAt(room: string, seq: number): string {
    if (seq > this.#log(room).events.length) this.refresh(room);
    return this.#log(room).chains[seq] ?? "beyond the head";
  }

  /** Reads what was committed since, and checks it. [I2] [I3] [I15] [I17] */
  refresh(room: string): void {
    const log = this.#log(room);
    for (const event of this.#reader.read(room, log.events.length)) {
      const last = log.events.at(-1);
      demand(
        event.seq === log.events.length + 1,
        "I3",
        () => `${room} has a hole before ${event.seq}`,
      );
      demand(event.count === (last?.count ?? 0) + 1, "I3", () => `${room} count at ${event.seq}`);
      demand(event.at >= (last?.at ?? 0), "I17", () => `${room} time goes back at ${event.seq}`);
      demand(!log.seqs.has(event.id), "I2", () => `${room} holds ${event.id} twice`);
      log.events.push(event);
      log.seqs.set(event.id, event.seq);
      log.chains.push(chain(log.chains.at(-1) ?? "", event.id));
    }
  }

  #log(room: string) {
    let log = this.#rooms.get(room);
    if (log === undefined) {
      log = { events: [], chains: ["0000000000000000"], seqs: new Map() };
      this.#rooms.set(room, log);
    }
    return log;
  }
}

/** FNV-1a-64 as the protocol page states it. */
function chain(previous: string, id: string): string {
  let state = 0xcbf29ce484222325n;
  for (const character of previous + id) {
    state ^= BigInt(character.charCodeAt(0));
    state = (state * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return state.toString(16).padStart(16, "0");
}
