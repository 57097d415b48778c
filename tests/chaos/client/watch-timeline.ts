import type { Room, TimelineItem } from "@confab/sdk";
import type { HistoryEntry } from "../history.js";

/** Problems told per room; one that repeats with each change says nothing new. */
const MAX_PROBLEMS = 20;

/**
 * Looks at every state a timeline goes through: each message at most once, those of the log first
 * and in order, the unsettled ones behind them. [B4]
 */
export function watchTimeline(room: Room, record: (entry: HistoryEntry) => void): void {
  const known = new Map<string, number>();
  let problemCount = 0;
  room.$timeline.subscribe((items) => {
    for (const item of items) {
      if (item.kind !== "message" || item.seq === undefined) continue;
      if (known.get(item.id) === item.seq) continue;
      known.set(item.id, item.seq);
      record({ type: "shown", room: room.id, id: item.id, seq: item.seq });
    }
    const problem = problemOf(items);
    if (problem === undefined || problemCount >= MAX_PROBLEMS) return;
    problemCount += 1;
    record({ type: "broken", room: room.id, problem });
  });
}

function problemOf(items: readonly TimelineItem[]): string | undefined {
  const ids = new Set<string>();
  let lastSeq = 0;
  let unsettled: string | undefined;
  for (const item of items) {
    if (item.kind !== "message") continue;
    if (ids.has(item.id)) return `${item.id} is shown twice`;
    ids.add(item.id);
    if (item.seq === undefined) {
      unsettled = item.id;
      continue;
    }
    if (unsettled !== undefined) return `${item.id} is shown below ${unsettled}, which waits`;
    if (item.seq <= lastSeq) return `${item.id} at ${String(item.seq)} is shown out of order`;
    lastSeq = item.seq;
  }
  return undefined;
}
