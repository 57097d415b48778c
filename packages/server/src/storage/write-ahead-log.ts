import type { Cancel, Clock } from "../platform/clock.js";
import type { Write } from "./write.js";

/** What clearing the write-ahead log needs. */
export interface WriteAheadLogParts {
  readonly clock: Pick<Clock, "after">;
  /** Empties it; false while somebody reads from it. May throw. */
  readonly clear: () => boolean;
}

/** Many deletions in a row are cleared away together. */
const CLEAR_AFTER_MS = 1_000;

/**
 * Clears the write-ahead log soon after words were deleted: the tables lose them in the commit, but
 * the pages of before lie in the log until it is written over. Batches that delete nothing cost
 * nothing. [O10]
 */
export class WriteAheadLog {
  readonly #parts: WriteAheadLogParts;
  #cancel: Cancel | undefined;

  constructor(parts: WriteAheadLogParts) {
    this.#parts = parts;
  }

  /** A batch was committed. */
  committed(writes: readonly Write[]): void {
    if (this.#cancel === undefined && writes.some(isDeletion)) this.#clearSoon();
  }

  /** Nothing is cleared any more. */
  stop(): void {
    this.#cancel?.();
  }

  #clearSoon(): void {
    this.#cancel = this.#parts.clock.after(CLEAR_AFTER_MS, () => {
      this.#cancel = undefined;
      if (!this.#isCleared()) this.#clearSoon();
    });
  }

  #isCleared(): boolean {
    try {
      return this.#parts.clear();
    } catch {
      return false;
    }
  }
}

function isDeletion(write: Write): boolean {
  return write.type === "forget" || (write.type === "append" && write.change.type === "del");
}
