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
  #unansweredCount = 0;
  #isClosing = false;
  #done: (() => void)[] = [];

  constructor(parts: SessionParts, sessions: Set<Session>) {
    this.#parts = parts;
    this.#sessions = sessions;
  }

  run(done: () => void): void {
    this.#done.push(done);
    if (this.#done.length > 1) return;
    const sessions = [...this.#sessions];
    this.#parts.log.write("info", "server-draining", { count: sessions.length });
    this.#unansweredCount = sessions.length;
    for (const session of sessions) {
      session.drain(() => {
        this.#unansweredCount -= 1;
        if (this.#unansweredCount === 0) this.#closeAll();
      });
    }
    if (sessions.length === 0) this.#closeAll();
    this.#parts.clock.after(this.#parts.limits.drainCommitMs, () => {
      this.#closeAll();
    });
  }

  #closeAll(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#closeBatch();
  }

  #closeBatch(): void {
    const { clock, limits } = this.#parts;
    const batch = [...this.#sessions].slice(0, limits.drainBatchSessions);
    for (const session of batch) session.finish();
    if (this.#sessions.size > 0) {
      clock.after(limits.drainBatchMs, () => {
        this.#closeBatch();
      });
      return;
    }
    const done = this.#done;
    this.#done = [];
    for (const call of done) call();
  }
}
