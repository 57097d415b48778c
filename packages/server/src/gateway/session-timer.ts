import type { Cancel, Clock } from "../platform/clock.js";

/**
 * Calls back at the nearest deadline it was told. Deadlines mostly move away; then it rings early
 * once, and is told the new one.
 */
export class SessionTimer {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #ringsAt = Number.POSITIVE_INFINITY;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings at this monotonic time at the latest; infinity leaves it alone. */
  expect(deadline: number): void {
    if (deadline >= this.#ringsAt) return;
    this.stop();
    this.#ringsAt = deadline;
    this.#cancel = this.#clock.after(Math.max(1, deadline - this.#clock.monotonic()), () => {
      this.stop();
      this.#ring();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#ringsAt = Number.POSITIVE_INFINITY;
  }
}
