import type { SessionParts } from "./session-parts.js";
import type { Session } from "./session.js";

/**
 * Empties a gateway for a restart: everybody is told when to come back, every op under way gets its
 * outcome, then the connections are closed in batches. It takes at most `drainCommitMs` plus the
 * batches, even if storage never answers. [V6]
 */
export class Drain {
  readonly #parts: SessionParts;
  readonly #sessions: Set<Session>;
  #phase: "idle" | "waiting" | "closing" | "done" = "idle";
  #unansweredCount = 0;
  #whenDone: (() => void)[] = [];

  constructor(parts: SessionParts, sessions: Set<Session>) {
    this.#parts = parts;
    this.#sessions = sessions;
  }

  /** Begins, or joins what has begun. */
  run(done: () => void): void {
    if (this.#phase === "done") {
      done();
      return;
    }
    this.#whenDone.push(done);
    if (this.#phase === "idle") this.#begin();
  }

  #begin(): void {
    const { limits, log } = this.#parts;
    this.#phase = "waiting";
    const sessions = [...this.#sessions];
    log.write("info", "server-draining", { count: sessions.length });
    this.#unansweredCount = sessions.length;
    for (const session of sessions) {
      session.drain(() => {
        this.#unansweredCount -= 1;
        if (this.#unansweredCount === 0) this.#closeAfter(0);
      });
    }
    if (sessions.length === 0) this.#closeBatch();
    else this.#closeAfter(limits.drainCommitMs);
  }

  /** Not within the turn of the last ack: its event goes to the room in the same turn. */
  #closeAfter(delayMs: number): void {
    this.#parts.clock.after(delayMs, () => {
      if (this.#phase === "waiting") this.#closeBatch();
    });
  }

  #closeBatch(): void {
    const { clock, limits } = this.#parts;
    this.#phase = "closing";
    const batch = [...this.#sessions].slice(0, limits.drainBatchSessions);
    for (const session of batch) session.finish();
    if (this.#sessions.size > 0) {
      clock.after(limits.drainBatchMs, () => {
        this.#closeBatch();
      });
      return;
    }
    this.#phase = "done";
    for (const done of this.#whenDone) done();
    this.#whenDone = [];
  }
}
