import type { Clock } from "../platform/clock.js";
import type { SendQueue } from "./send-queue.js";
import type { Subscription } from "./subscription.js";

/** What catching up is made of. */
export interface CatchUpParts {
  readonly clock: Clock;
  readonly queue: SendQueue;
  readonly retryMs: number;
  /** Called when all subscriptions have caught up, each time. */
  readonly onIdle: () => void;
  /** Called when storage cannot be read. */
  readonly onFailure: (cause: unknown) => void;
  /** Runs a task so that a mistake in it ends this connection and no other. */
  readonly guard: (task: () => void) => void;
}

/**
 * Lets the subscriptions of one session read their logs in turns, one step per turn of the event
 * loop, and only while the socket takes what it is sent: a replay never fills the send queue, and a
 * large one never keeps the others waiting. [V3] [L5]
 */
export class CatchUp {
  readonly #parts: CatchUpParts;
  readonly #waiting = new Set<Subscription>();
  #isRunning = false;
  #isStopped = false;

  constructor(parts: CatchUpParts) {
    this.#parts = parts;
  }

  /** Nobody waits to read. */
  get isIdle(): boolean {
    return !this.#isRunning;
  }

  add(subscription: Subscription): void {
    this.#waiting.add(subscription);
    if (!this.#isRunning) this.#stepAfter(0);
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting.clear();
  }

  #stepAfter(delayMs: number): void {
    this.#isRunning = true;
    this.#parts.clock.after(delayMs, () => {
      this.#parts.guard(() => this.#step());
    });
  }

  #step(): void {
    const [next] = this.#waiting;
    if (this.#isStopped || next === undefined) {
      this.#isRunning = false;
      if (!this.#isStopped) this.#parts.onIdle();
      return;
    }
    if (this.#parts.queue.isHalfFull) {
      this.#stepAfter(this.#parts.retryMs);
      return;
    }
    this.#waiting.delete(next);
    next.advance((result) => {
      if (!result.ok) this.#parts.onFailure(result.cause);
      else if (result.value === "continue") this.#waiting.add(next);
      this.#stepAfter(0);
    });
  }
}
