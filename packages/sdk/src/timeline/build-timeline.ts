import { isEqual } from "../is-equal.js";
import type { OutboxEntry } from "../outbox/outbox-entry.js";
import type { MessageRow } from "../protocol/model.js";
import { pendingChanges, type PendingChanges } from "./pending-changes.js";
import type { TimelineItem } from "./timeline-item.js";
import { TimelineLayout } from "./timeline-layout.js";
import { lineOf, type TimelineSource, type Viewer } from "./timeline-line.js";

/** Everything a timeline is made of. */
export interface TimelineInput {
  /** Messages of the log, ascending by seq. */
  readonly rows: readonly MessageRow[];
  /** Ops of ours that the log does not show, in send order. */
  readonly pending: readonly OutboxEntry[];
  readonly viewer: Viewer;
  /** The local day of a time, as `2026-11-20`. */
  readonly dayOf: (at: number) => string;
  /** Root of the thread it is of; without one it is the room's. */
  readonly thread?: string;
}

/** A built timeline, with what the next build can take from it. */
export interface Timeline {
  readonly items: readonly TimelineItem[];
  readonly viewer: Viewer;
  readonly sources: readonly TimelineSource[];
  readonly changes: PendingChanges;
}

const NO_OPS: readonly OutboxEntry[] = [];

/**
 * What is shown: the log by seq, then what is on its way and what failed, in send order, all with
 * the changes we asked for. A message in both is shown once, from the log. Only what changed since
 * `previous` is made anew; all other items are the same objects. [B2] [B4]
 */
export function buildTimeline(input: TimelineInput, previous?: Timeline): Timeline {
  const { viewer, dayOf } = input;
  const sources = sourcesOf(input);
  const changes = pendingChanges(input.pending);
  const blank: Timeline = { items: [], viewer, sources: [], changes };
  const old = previous && isEqual(previous.viewer, viewer) ? previous : blank;
  const { first, rest } = difference({ sources, changes }, old);
  const oldEnd = old.sources.length - rest;
  if (first === sources.length && first === oldEnd) return { ...old, sources, changes };

  const cut = itemIndex(old, first);
  const layout = new TimelineLayout(old.items.slice(0, cut), dayOf);
  for (const source of sources.slice(first, sources.length - rest)) {
    layout.add(lineOf(source, changes.get(source.id) ?? NO_OPS, viewer));
  }
  const fresh = layout.items.length;
  layout.continueWith(old.items, itemIndex(old, oldEnd));
  keepEqual(layout.items, { from: cut, upTo: fresh }, old.items);
  const isUnchanged =
    layout.items.length === old.items.length &&
    layout.items.slice(cut).every((item, index) => item === old.items[cut + index]);
  return { items: isUnchanged ? old.items : layout.items, viewer, sources, changes };
}

function sourcesOf({ rows, pending, thread }: TimelineInput): readonly TimelineSource[] {
  const missing = new Map<string, OutboxEntry>();
  for (const entry of pending) if (isShown(entry, thread)) missing.set(entry.id, entry);
  if (missing.size === 0) return rows;
  for (const { id } of rows) missing.delete(id);
  return [...rows, ...missing.values()];
}

function isShown({ op }: OutboxEntry, thread: string | undefined): boolean {
  if (op.k !== "msg") return false;
  return thread === undefined ? !op.thread || op.inRoom === true : op.thread === thread;
}

/** The first source that is not as it was, and how many at the end are as they were. */
function difference(
  { sources, changes }: Pick<Timeline, "sources" | "changes">,
  old: Pick<Timeline, "sources" | "changes">,
): { readonly first: number; readonly rest: number } {
  const common = Math.min(sources.length, old.sources.length);
  const hasChanges = changes.size + old.changes.size > 0;
  const isSame = (source: TimelineSource | undefined, other: TimelineSource | undefined): boolean =>
    source !== undefined &&
    source === other &&
    (!hasChanges || isSameList(changes.get(source.id), old.changes.get(source.id)));
  let first = 0;
  while (first < common && isSame(sources[first], old.sources[first])) first += 1;
  let rest = 0;
  while (rest < common - first && isSame(sources.at(-1 - rest), old.sources.at(-1 - rest))) {
    rest += 1;
  }
  return { first, rest };
}

function isSameList(left = NO_OPS, right = NO_OPS): boolean {
  return left.length === right.length && left.every((entry, index) => entry === right[index]);
}

/** Where the item of a source is, or the line of the day that only stands there because of it. */
function itemIndex({ items, sources }: Timeline, source: number): number {
  const key = sources[source]?.id;
  if (key === undefined) return items.length;
  let index = source;
  while (index < items.length && items[index]?.key !== key) index += 1;
  return items[index - 1]?.kind === "day" ? index - 1 : index;
}

/** What was made anew and looks as before is the object from before. */
function keepEqual(
  items: TimelineItem[],
  { from, upTo }: { readonly from: number; readonly upTo: number },
  old: readonly TimelineItem[],
): void {
  const byKey = new Map(old.slice(from).map((item) => [item.key, item]));
  for (let index = from; index < upTo; index += 1) {
    const item = items[index];
    const known = item && byKey.get(item.key);
    if (known && isEqual(known, item)) items[index] = known;
  }
}
