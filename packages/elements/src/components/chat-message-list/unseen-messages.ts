import type { TimelineItem } from "@confab/sdk";

/** How many messages of others are newer than the newest one that was ever in view. */
export function unseenCount(items: readonly TimelineItem[], seenSeq: number): number {
  let count = 0;
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.kind !== "message" || item.seq === undefined) continue;
    if (item.seq <= seenSeq) break;
    if (!item.isOwn) count += 1;
  }
  return count;
}

/** The highest seq of a timeline; 0 when nothing in it is stored. */
export function newestSeq(items: readonly TimelineItem[]): number {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item?.kind === "message" && item.seq !== undefined) return item.seq;
  }
  return 0;
}

/** The key of the newest message when it waits for its answer: one that was just written here. */
export function newestPendingKey(items: readonly TimelineItem[]): string | undefined {
  const last = items.at(-1);
  return last?.kind === "message" && last.delivery.status === "pending" ? last.key : undefined;
}
