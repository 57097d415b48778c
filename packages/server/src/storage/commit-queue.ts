import type { CommitExecutor } from "./commit-executor.js";
import type { Done, Result } from "../platform/result.js";
import type { Write, WriteOutcome } from "./write.js";

/** Runs a task when everything that arrived in this turn has been handled. */
export type AtEndOfTurn = (task: () => void) => void;

/** Writes in one transaction at most: enough to make the fsync cheap, few enough to answer soon. */
const BATCH_MAX_WRITES = 512;

/**
 * Characters of bodies in one transaction at most, so that one commit cannot fill every
 * subscriber's send queue.
 */
const BATCH_MAX_CHARACTERS = 524_288;

interface Waiting {
  readonly write: Write;
  readonly done: Done<WriteOutcome>;
}

/**
 * Group commit: everything that arrives in one turn, or while a commit is under way, goes into the
 * next transaction and pays for one fsync together. Outcomes are told in the order of the writes.
 *
 * When a batch fails, everything that waits behind it fails too, so that no op of a session
 * overtakes an unanswered one. [O2] [O6]
 */
export class CommitQueue {
  readonly #executor: CommitExecutor;
  readonly #atEndOfTurn: AtEndOfTurn;
  #waiting: Waiting[] = [];
  #isScheduled = false;
  #isCommitting = false;
  readonly #whenIdle: (() => void)[] = [];
  #lastFailure: unknown;

  constructor(executor: CommitExecutor, atEndOfTurn: AtEndOfTurn) {
    this.#executor = executor;
    this.#atEndOfTurn = atEndOfTurn;
  }

  /** Why the last batch failed; nothing when it did not. */
  get lastFailure(): unknown {
    return this.#lastFailure;
  }

  push(write: Write, done: Done<WriteOutcome>): void {
    this.#waiting.push({ write, done });
    if (!this.#isScheduled && !this.#isCommitting) this.#schedule();
  }

  /** Tells whether commits work now, by committing nothing after everything that waits. */
  probe(done: Done<undefined>): void {
    this.whenIdle(() => {
      this.#isCommitting = true;
      this.#executor.execute([], (result) => {
        this.#isCommitting = false;
        this.#lastFailure = result.ok ? undefined : result.cause;
        done(result.ok ? { ok: true, value: undefined } : result);
        this.#continue();
      });
    });
  }

  /** Calls back once everything pushed so far is decided. */
  whenIdle(done: () => void): void {
    if (this.#isBusy()) this.#whenIdle.push(done);
    else done();
  }

  #schedule(): void {
    this.#isScheduled = true;
    this.#atEndOfTurn(() => {
      this.#isScheduled = false;
      this.#commit();
    });
  }

  #commit(): void {
    if (this.#isCommitting || this.#waiting.length === 0) return;
    const batch = this.#takeBatch();
    this.#isCommitting = true;
    this.#executor.execute(
      batch.map(({ write }) => write),
      (result) => {
        this.#isCommitting = false;
        this.#lastFailure = result.ok ? undefined : result.cause;
        const mistakes = result.ok
          ? settle(batch, result.outcomes)
          : failAll([...batch, ...this.#waiting.splice(0)], result.cause);
        this.#continue();
        // Everybody has heard first: one listener's mistake must not leave the others waiting.
        if (mistakes.length > 0) throw mistakes[0];
      },
    );
  }

  #takeBatch(): Waiting[] {
    let characters = 0;
    let end = 0;
    for (const { write } of this.#waiting) {
      characters += charactersOf(write);
      if (end > 0 && (end === BATCH_MAX_WRITES || characters > BATCH_MAX_CHARACTERS)) break;
      end += 1;
    }
    const batch = this.#waiting.slice(0, end);
    this.#waiting = this.#waiting.slice(end);
    return batch;
  }

  #continue(): void {
    if (this.#waiting.length > 0) {
      if (!this.#isScheduled) this.#schedule();
      return;
    }
    while (!this.#isBusy()) {
      const done = this.#whenIdle.shift();
      if (done === undefined) return;
      done();
    }
  }

  #isBusy(): boolean {
    return this.#isCommitting || this.#waiting.length > 0;
  }
}

function charactersOf(write: Write): number {
  if (write.type !== "append" || !("body" in write.change)) return 0;
  const { change } = write;
  return change.body.length + (change.type === "msg" ? (change.meta?.length ?? 0) : 0);
}

/** Tells everybody their outcome, and returns what listeners have thrown. */
function settle(batch: readonly Waiting[], outcomes: readonly WriteOutcome[]): unknown[] {
  return batch.flatMap(({ done }, index) => {
    const value = outcomes[index];
    if (value !== undefined) return tell(done, { ok: true, value });
    return tell(done, { ok: false, cause: new Error("a write has no outcome") });
  });
}

/** Tells everybody that nothing is known. */
function failAll(failed: readonly Waiting[], cause: unknown): unknown[] {
  return failed.flatMap(({ done }) => tell(done, { ok: false, cause }));
}

function tell(done: Done<WriteOutcome>, result: Result<WriteOutcome>): unknown[] {
  try {
    done(result);
    return [];
  } catch (mistake) {
    return [mistake];
  }
}
