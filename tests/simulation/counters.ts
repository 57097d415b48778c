/** Rare paths a run must have walked at least once: a run without them has proven nothing. */
export const RARE_PATHS = [
  "duplicate ack served",
  "replay served",
  "reset: new",
  "reset: far",
  "reset: ahead",
  "reset: chain",
  "reset: epoch",
  "sticky nack served again",
  "commit outcome unknown",
  "storage unavailable",
  "read failed",
  "socket cut in the middle of a batch",
  "silent client given up",
  "slow consumer dropped",
  "server killed with commits under way",
  "reset: truncated",
  "history page loaded",
  "thread page loaded",
  "op of a known outcome again",
  "fence refused",
  "fence too late",
  "socket let not through",
  "browser storage broken",
  "outbox adopted",
  "question answered without a socket",
  "ops posted without a socket",
  "group commit over several rooms",
  "disk full",
  "token refused, then another one",
  "token provider does not answer",
  "client told to stop",
] as const;

export type RarePath = (typeof RARE_PATHS)[number];

/** How often each rare path was walked. */
export class Counters {
  readonly #counts = new Map<string, number>();

  add(path: RarePath): void {
    this.#counts.set(path, (this.#counts.get(path) ?? 0) + 1);
  }

  merge(other: Counters): void {
    for (const [path, count] of other.#counts) {
      this.#counts.set(path, (this.#counts.get(path) ?? 0) + count);
    }
  }

  /** The rare paths never walked. */
  missing(): RarePath[] {
    return RARE_PATHS.filter((path) => !this.#counts.has(path));
  }

  /** Every count, for a program to read. */
  all(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  report(): string {
    return RARE_PATHS.map(
      (path) => `${String(this.#counts.get(path) ?? 0).padStart(9)}  ${path}`,
    ).join("\n");
  }
}
