import type { Clock } from "../platform/clock.js";

/** Something that sends what it has collected. */
export interface Flushable {
  flush(): void;
}

/**
 * Collects everybody who has something to send, and lets them send once, at the end of the turn.
 * [W2]
 */
export class FlushTurn {
  readonly #clock: Clock;
  #waiting: Flushable[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(flushable: Flushable): void {
    if (this.#waiting.length === 0) {
      this.#clock.after(0, () => {
        this.#flushAll();
      });
    }
    this.#waiting.push(flushable);
  }

  #flushAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const flushable of waiting) flushable.flush();
  }
}
