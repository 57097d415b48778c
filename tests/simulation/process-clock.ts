import type { Clock } from "@confab/sdk/testing";

/**
 * The clock of one simulated process: when the process is killed, nothing it had planned happens.
 */
export class ProcessClock implements Clock {
  #isAlive = true;
  readonly #world: Clock;
  /** How far this machine's wall clock is off, in milliseconds: nothing may depend on it. */
  readonly #skewMs: number;

  constructor(world: Clock, skewMs: number) {
    this.#world = world;
    this.#skewMs = skewMs;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  now(): number {
    return Math.floor(this.#world.now() + this.#skewMs);
  }

  monotonic(): number {
    return this.#world.monotonic();
  }

  after(delayMs: number, task: () => void): () => void {
    return this.#world.after(delayMs, () => {
      if (this.#isAlive) task();
    });
  }

  kill(): void {
    this.#isAlive = false;
  }
}
