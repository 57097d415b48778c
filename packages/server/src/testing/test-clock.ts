import type { Cancel, Clock } from "../platform/clock.js";

interface Waiting {
  readonly at: number;
  readonly task: () => void;
}

/**
 * A clock that stands still until a test moves it. Tasks of the same moment run in the order they
 * were given.
 */
export class TestClock implements Clock {
  #monotonic = 1_000;
  #wallOffset = 1_700_000_000_000;
  readonly #waiting = new Set<Waiting>();

  now(): number {
    return this.#wallOffset + this.#monotonic;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(delayMs: number, task: () => void): Cancel {
    const waiting = { at: this.#monotonic + Math.max(0, delayMs), task };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** Somebody sets the wall clock of the machine. */
  jump(milliseconds: number): void {
    this.#wallOffset += milliseconds;
  }

  /** Number of tasks that have not run. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Lets time pass and runs everything that is due meanwhile. */
  advance(milliseconds: number): void {
    const end = this.#monotonic + milliseconds;
    for (;;) {
      const next = this.#next();
      if (next === undefined || next.at > end) break;
      this.#waiting.delete(next);
      this.#monotonic = next.at;
      next.task();
    }
    this.#monotonic = end;
  }

  /** Runs what is due now: the end of the turn, and whatever that leads to at once. */
  settle(): void {
    this.advance(0);
  }

  #next(): Waiting | undefined {
    let next: Waiting | undefined;
    for (const waiting of this.#waiting) {
      if (next === undefined || waiting.at < next.at) next = waiting;
    }
    return next;
  }
}
