import type { KeptEntry } from "./kept-entry.js";

/** Where the ops of an outbox are written down, so that they survive this page. [B1] */
export interface OutboxJournal {
  /**
   * Writes these in this order, each in place of an earlier record with its id. `done` is called
   * once, when they are durable or cannot be: then the outbox works from memory.
   */
  put(entries: readonly KeptEntry[], done: () => void): void;
  /** This one is in the log at that place; its record stays until the log here is as far. */
  acked(id: string, seq: number): void;
  /** These need no record any more; with the places of those that are in the log. */
  remove(ids: readonly string[], seqs: ReadonlyMap<string, number>): void;
}

/** Keeps nothing beyond the life of the page. */
export const MEMORY_JOURNAL: OutboxJournal = {
  put: (_entries, done) => {
    done();
  },
  acked: () => undefined,
  remove: () => undefined,
};
