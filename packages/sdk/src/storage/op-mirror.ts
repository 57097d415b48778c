import type { Clock } from "../platform/clock.js";
import type { KeptOp, MirroredOp } from "./user-storage.js";

/** How long an op of another tab is shown after it got its place: our log has it by then. */
const SETTLED_MS = 10_000;

interface Mirrored<Op extends KeptOp> extends MirroredOp<Op> {
  /** The tab that has it. */
  readonly tab: string;
}

/** The ops of the other tabs, as far as they said. An op that changes tabs is never there twice. */
export class OpMirror<Op extends KeptOp> {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #ops = new Map<string, Mirrored<Op>>();

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get ops(): readonly MirroredOp<Op>[] {
    return [...this.#ops.values()];
  }

  /** The tab that has this op. */
  ownerOf(id: string): string | undefined {
    return this.#ops.get(id)?.tab;
  }

  put(tab: string, ops: readonly Op[]): void {
    for (const op of ops) this.#ops.set(op.id, { tab, op });
    this.#changed();
  }

  /** These are all that a tab has. */
  replace(tab: string, ops: readonly Op[]): void {
    const names = new Set(ops.map(({ id }) => id));
    for (const [id, mirrored] of this.#ops) {
      if (mirrored.tab === tab && mirrored.seq === undefined && !names.has(id)) {
        this.#ops.delete(id);
      }
    }
    this.put(tab, ops);
  }

  /** An op left its tab: into the log at `seq`, or for good. */
  gone(id: string, seq: number | null): void {
    const mirrored = this.#ops.get(id);
    if (!mirrored) return;
    if (seq === null) this.forget([id]);
    else {
      this.#ops.set(id, { ...mirrored, seq });
      this.#clock.after(SETTLED_MS, () => {
        this.forget([id]);
      });
    }
    this.#changed();
  }

  /** These are ours now, or nobody's. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#ops.delete(id);
    this.#changed();
  }
}
