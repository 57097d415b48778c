import { Counters } from "./counters.js";
import type { Run } from "./simulator.js";

/** Sums of many seeds. */
export class Tally {
  readonly counters = new Counters();
  readonly failed: string[] = [];
  seeds = 0;
  #operations = 0;
  #virtualHours = 0;
  readonly #startedAt = performance.now();

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1_000;
  }

  add({ seed, world, operations, virtualMs }: Run, failure: Error | undefined): void {
    this.seeds += 1;
    this.#operations += operations;
    this.#virtualHours += virtualMs / 3_600_000;
    this.counters.merge(world.counters);
    if (failure !== undefined) this.failed.push(seed);
  }

  line(): string {
    const rate = (this.seeds / this.seconds).toFixed(1);
    const hours = this.#virtualHours.toFixed(1);
    return (
      `${String(this.seeds)} seeds, ${String(this.#operations)} events, ${hours} virtual hours, ` +
      `${rate} seeds per second, ${String(this.failed.length)} failed`
    );
  }

  /** The same for a program, up to this seed. */
  json(lastSeed: string): string {
    return JSON.stringify({
      lastSeed,
      seeds: this.seeds,
      events: this.#operations,
      virtualHours: Number(this.#virtualHours.toFixed(3)),
      seconds: Number(this.seconds.toFixed(1)),
      failed: this.failed,
      counters: this.counters.all(),
    });
  }
}
