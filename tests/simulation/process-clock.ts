import type { Clock } from "@confab/sdk/testing";

/**
 * The clock of one simulated process. When the process is killed, nothing it had planned happens;
 * while it is frozen, everything waits and then comes at once, late, as in a tab asleep.
 */
export class ProcessClock implements Clock {
  #isAlive = true;
  readonly #world: Clock;
  /** How far this machine's wall clock is off, in milliseconds: nothing may depend on it. */
  #skewMs: number;
  /** What came due while the process was frozen, in order; absent while it runs. */
  #late: (() => void)[] | undefined;

  constructor(world: Clock, skewMs: number) {
    this.#world = world;
    this.#skewMs = skewMs;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isFrozen(): boolean {
    return this.#late !== undefined;
  }

  now(): number {
    return Math.floor(this.#world.now() + this.#skewMs);
  }

  monotonic(): number {
    return this.#world.monotonic();
  }

  after(delayMs: number, task: () => void): () => void {
    let isCancelled = false;
    const cancel = this.#world.after(delayMs, () => {
      this.deliver(() => {
        if (!isCancelled) task();
      });
    });
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  /** Something reaches the process from outside: now, once it thaws, or never. */
  deliver(task: () => void): void {
    if (!this.#isAlive) return;
    if (this.#late === undefined) task();
    else this.#late.push(task);
  }

  /** Somebody sets the machine's wall clock. */
  jump(ms: number): void {
    this.#skewMs += ms;
  }

  freeze(): void {
    this.#late ??= [];
  }

  /** Everything that waited happens now, in its order. */
  thaw(): void {
    const late = this.#late ?? [];
    this.#late = undefined;
    for (const task of late) this.deliver(task);
  }

  kill(): void {
    this.#isAlive = false;
  }
}
