import type { Clock } from "./clock.js";

/** How often something may be done: `burst` at once, then one per `intervalMs`. */
export interface Rate {
  readonly burst: number;
  readonly intervalMs: number;
}

/**
 * Keys remembered at most, so that the limiter itself cannot fill the memory; the oldest is
 * forgotten first.
 */
const KEYS_MAX_COUNT = 100_000;

/**
 * Limits by key with one number for each: the time at which its bucket would be empty again (GCRA).
 */
export class RateLimiter {
  readonly #rate: Rate;
  readonly #clock: Clock;
  readonly #emptyAt = new Map<string, number>();

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
  }

  /**
   * Counts one attempt. Returns zero when it may go on, otherwise the milliseconds until the next
   * one may.
   */
  take(key: string): number {
    const { burst, intervalMs } = this.#rate;
    const now = this.#clock.monotonic();
    const emptyAt = Math.max(this.#emptyAt.get(key) ?? now, now);
    const waitMs = emptyAt + intervalMs - burst * intervalMs - now;
    if (waitMs > 0) return Math.ceil(waitMs);
    this.#remember(key, emptyAt + intervalMs);
    return 0;
  }

  /** Keys move to the end as they are used, so the first one is the one not seen for longest. */
  #remember(key: string, emptyAt: number): void {
    this.#emptyAt.delete(key);
    if (this.#emptyAt.size >= KEYS_MAX_COUNT) {
      const [oldest] = this.#emptyAt.keys();
      if (oldest !== undefined) this.#emptyAt.delete(oldest);
    }
    this.#emptyAt.set(key, emptyAt);
  }
}
