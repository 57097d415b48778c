import { isEqual } from "../is-equal.js";
import type { Clock } from "../platform/clock.js";
import type { Me } from "../protocol/model.js";
import type { ReadPosition, RoomFrame } from "../protocol/reading.js";
import { DraftBook, type Draft } from "./draft-book.js";
import type { RecordKey, RecordStorage, StorageProblem, StoredRecord } from "./record-storage.js";
import { RecordWriter } from "./record-writer.js";
import type { StorageKeys } from "./storage-keys.js";
import type { UserFacts } from "./user-storage.js";

/** Typing must not write with every key. */
const WRITE_DELAY_MS = 300;
/** The room list changes with every message, and is large. */
const LIST_DELAY_MS = 2_000;

/** What a fact keeper works with. */
export interface FactKeeperOptions {
  readonly keys: StorageKeys;
  readonly records: RecordStorage;
  readonly clock: Clock;
  /** Name of this tab. */
  readonly tab: string;
  readonly failed: (problem: StorageProblem) => void;
}

/** The small things: who I am, my rooms, my read positions, my drafts. */
export class FactKeeper {
  readonly #options: FactKeeperOptions;
  readonly #writer: RecordWriter;
  readonly #listWriter: RecordWriter;
  readonly drafts: DraftBook;
  readonly positions = new Map<string, ReadPosition>();
  /** Of the read positions that are kept of each room, those this tab knows of. */
  readonly #keptSeqs = new Map<string, Set<number>>();
  #me: Me | undefined;
  #rooms: readonly RoomFrame[] | undefined;

  constructor(options: FactKeeperOptions) {
    const { records, clock, failed, tab } = options;
    const writing = { records, clock, failed, durability: "relaxed" } as const;
    this.#options = options;
    this.#writer = new RecordWriter({ ...writing, delayMs: WRITE_DELAY_MS });
    this.#listWriter = new RecordWriter({ ...writing, delayMs: LIST_DELAY_MS });
    this.drafts = new DraftBook(tab);
  }

  /** Reads what was kept; what was said meanwhile counts more. */
  open(done: (facts: UserFacts) => void): void {
    const { records, keys, failed } = this.#options;
    records.read(keys.facts, (result) => {
      if ("problem" in result) {
        failed(result.problem);
        return;
      }
      for (const record of result.value) this.#learn(record);
      const drafts = [...this.drafts.all].map(([place, { text }]) => [place, text] as const);
      done({
        rooms: this.#rooms ?? [],
        positions: this.positions,
        drafts: new Map(drafts),
        ...(this.#me && { me: this.#me }),
      });
    });
  }

  /** Writes only news: without a socket, every answer says it again. */
  keepMe(me: Me): void {
    if (isEqual(this.#me, me)) return;
    this.#me = me;
    this.#writer.put(this.#options.keys.fact("me"), () => this.#me);
  }

  keepRooms(rooms: readonly RoomFrame[]): void {
    this.#rooms = rooms;
    this.#listWriter.put(this.#options.keys.fact("rooms"), () => this.#rooms);
  }

  /**
   * My read position, until the server has it. Each is a record of its own: tabs share them, and
   * none may erase what another has read since. [R1]
   */
  keepPosition(room: string, position: ReadPosition | undefined): void {
    const reached = position ?? this.positions.get(room);
    if (position) this.positions.set(room, position);
    else this.positions.delete(room);
    const kept = this.#keptOf(room);
    for (const seq of kept) {
      if (seq > (reached?.seq ?? 0)) continue;
      kept.delete(seq);
      this.#writer.put(this.#positionKey(room, seq), () => undefined);
    }
    if (!position) return;
    kept.add(position.seq);
    this.#writer.put(this.#positionKey(room, position.seq), () => position);
  }

  keepDraft(place: string, text: string): Draft {
    const draft = this.drafts.write(place, text, this.#options.clock.now());
    this.#writer.put(this.#options.keys.fact("draft", place), () => {
      const newest = this.drafts.all.get(place);
      return newest?.text === "" ? undefined : newest;
    });
    return draft;
  }

  /** Writes what waits. */
  flush(done?: () => void): void {
    // Both are handed over now: a page that is left has no later.
    let owed = 2;
    const isWritten = (): void => {
      owed -= 1;
      if (owed === 0) done?.();
    };
    this.#listWriter.flush(isWritten);
    this.#writer.flush(isWritten);
  }

  stop(): void {
    this.#writer.stop();
    this.#listWriter.stop();
  }

  #keptOf(room: string): Set<number> {
    const kept = this.#keptSeqs.get(room) ?? new Set();
    this.#keptSeqs.set(room, kept);
    return kept;
  }

  #positionKey(room: string, seq: number): RecordKey {
    return [...this.#options.keys.fact("position", room), seq];
  }

  #learn({ key, value }: StoredRecord): void {
    const [kind, name] = key.slice(this.#options.keys.facts.length).map(String);
    if (kind === "me") this.#me ??= value as Me;
    if (kind === "rooms") this.#rooms ??= value as readonly RoomFrame[];
    if (name === undefined) return;
    if (kind === "draft") this.drafts.learn(name, value as Draft);
    if (kind === "position") this.#learnPosition(name, value as ReadPosition);
  }

  /** The furthest counts; what was said here meanwhile, too. */
  #learnPosition(room: string, position: ReadPosition): void {
    this.#keptOf(room).add(position.seq);
    if (position.seq > (this.positions.get(room)?.seq ?? 0)) this.positions.set(room, position);
  }
}
