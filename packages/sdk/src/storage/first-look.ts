import type { Clock } from "../platform/clock.js";

/** Nothing waits longer for what an earlier life of this page may have left. */
const LOOK_LIMIT_MS = 1_500;

/**
 * The first look for what an earlier life of this page left: what is said meanwhile waits for it,
 * since what was said earlier goes first. [B5]
 */
export class FirstLook {
  #waiting: (() => void)[] | undefined = [];

  constructor(clock: Clock) {
    clock.after(LOOK_LIMIT_MS, () => {
      this.end();
    });
  }

  /** Does this once the look is over: now, if it is. */
  afterwards(task: () => void): void {
    if (this.#waiting) this.#waiting.push(task);
    else task();
  }

  end(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const task of waiting) task();
  }
}
