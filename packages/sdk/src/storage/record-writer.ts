import type { Clock } from "../platform/clock.js";
import type {
  RecordBatch,
  RecordKey,
  RecordStorage,
  StorageProblem,
  StoredRecord,
} from "./record-storage.js";

/** How a writer goes about it. */
export interface RecordWriterOptions {
  readonly records: RecordStorage;
  readonly clock: Clock;
  readonly durability: RecordBatch["durability"];
  /** How long a change waits for others, in milliseconds; without it, until it is flushed. */
  readonly delayMs?: number;
  readonly failed: (problem: StorageProblem) => void;
}

interface Change {
  readonly key: RecordKey;
  /** What stands there when it is written; undefined erases it. */
  readonly value: () => unknown;
}

/**
 * Writes what changed in one transaction at a time: everything that came while one was under way
 * goes into the next, and of several values for a key only the last.
 */
export class RecordWriter {
  readonly #options: RecordWriterOptions;
  readonly #due = new Map<string, Change>();
  #afterwards: (() => void)[] = [];
  #isWriting = false;
  #isUrgent = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: RecordWriterOptions) {
    this.#options = options;
  }

  /** Writes what `value` gives by then, or erases the record when that is nothing. */
  put(key: RecordKey, value: () => unknown): void {
    const name = JSON.stringify(key);
    // Changes of different keys keep their order, and that is the one of the last.
    this.#due.delete(name);
    this.#due.set(name, { key, value });
    const { clock, delayMs } = this.#options;
    if (delayMs === undefined) return;
    this.#cancelTimer ??= clock.after(delayMs, () => {
      this.flush();
    });
  }

  /** Writes now, and calls back when everything put so far is written. */
  flush(done?: () => void): void {
    if (done) this.#afterwards.push(done);
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#isUrgent = true;
    this.#write();
  }

  /** Drops what is not written yet. */
  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#due.clear();
    this.#afterwards = [];
  }

  #write(): void {
    if (this.#isWriting || !this.#isUrgent) return;
    this.#isUrgent = false;
    const afterwards = this.#afterwards.splice(0);
    const batch = batchOf([...this.#due.values()]);
    this.#due.clear();
    if (batch.put.length === 0 && batch.erase.length === 0) {
      for (const done of afterwards) done();
      return;
    }
    const { records, durability, failed } = this.#options;
    this.#isWriting = true;
    records.write({ ...batch, durability }, (result) => {
      this.#isWriting = false;
      if ("problem" in result) {
        failed(result.problem);
        return;
      }
      for (const done of afterwards) done();
      this.#write();
    });
  }
}

function batchOf(changes: readonly Change[]): { put: StoredRecord[]; erase: RecordKey[] } {
  const put: StoredRecord[] = [];
  const erase: RecordKey[] = [];
  for (const { key, value: make } of changes) {
    const value = make();
    if (value === undefined) erase.push(key);
    else put.push({ key, value });
  }
  return { put, erase };
}
