import { entryOfKept, type KeptEntry } from "./outbox/kept-entry.js";
import type { OutboxEntry } from "./outbox/outbox-entry.js";
import type { MirroredOp } from "./storage/user-storage.js";

type Mirrored = MirroredOp<KeptEntry>;

/** Ops of other tabs, as the timeline shows them. [B4] */
export class MirroredOps {
  #entries: readonly OutboxEntry[] = [];
  /** The same op is the same entry, so that what shows it need not be made anew. */
  readonly #known = new WeakMap<Mirrored, OutboxEntry>();

  /** These are all; returns the rooms in which something may look different. */
  replace(ops: readonly Mirrored[]): ReadonlySet<string> {
    const before = this.#entries;
    this.#entries = ops.flatMap((mirrored) => {
      const entry = this.#known.get(mirrored) ?? entryOf(mirrored);
      if (entry) this.#known.set(mirrored, entry);
      return entry ?? [];
    });
    return new Set([...before, ...this.#entries].map(({ room }) => room));
  }

  of(room: string): readonly OutboxEntry[] {
    return this.#entries.filter((entry) => entry.room === room);
  }
}

/** Nothing when it cannot be read, or is a refused one that somebody gave up. */
function entryOf({ op, seq }: Mirrored): OutboxEntry | undefined {
  const entry = op.isCancelled && op.code ? undefined : entryOfKept(op);
  const acked = seq !== undefined && { progress: { status: "acked", seq, at: op.at } as const };
  return entry && { ...entry, ...acked, tab: "other" };
}
