import type { Cancel, Clock } from "../platform/clock.js";
import type { Log } from "../telemetry/log.js";
import type { Storage } from "./storage.js";

/** What forgetting in time needs. */
export interface RetentionParts {
  readonly storage: Pick<Storage, "forget">;
  readonly clock: Clock;
  readonly log: Log;
  /** Age at which events and refusals are forgotten; at least `LIMITS.eventMinAgeMs`. [O4] */
  readonly maxAgeMs: number;
}

/** A server that just started has other things to do. */
const FIRST_RUN_MS = 60_000;

const RUN_EVERY_MS = 3_600_000;

/** Between two steps of one run, others write. */
const STEP_PAUSE_MS = 100;

/** Forgets old events and refusals every hour, a little at a time. [O4] */
export class Retention {
  readonly #parts: RetentionParts;
  #cancel: Cancel | undefined;
  #isStopped = false;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stepAfter(FIRST_RUN_MS);
  }

  /** A step under way still ends; no other one begins. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #stepAfter(delayMs: number): void {
    if (this.#isStopped) return;
    this.#cancel = this.#parts.clock.after(delayMs, () => {
      this.#step();
    });
  }

  #step(): void {
    const { storage, clock, log, maxAgeMs } = this.#parts;
    storage.forget(clock.now() - maxAgeMs, (forgotten) => {
      if (!forgotten.ok) log.write("error", "storage-unavailable", { problem: forgotten.cause });
      const isComplete = !forgotten.ok || forgotten.value;
      this.#stepAfter(isComplete ? RUN_EVERY_MS : STEP_PAUSE_MS);
    });
  }
}
