import type { Room, TimelineItem } from "@confab/sdk";
import type { HistoryEntry } from "../history.js";

/** Problems told per room; one that repeats with each change says nothing new. */
const MAX_PROBLEMS = 20;

/**
 * Looks at every state a timeline goes through: each message at most once, those of others in the
 * order of the log, above everything of ours that waits. Messages of ours that were acked before
 * the log came to them still stand where they were sent, and two tabs send at once. [B3] [B4]
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
  let [lastSeq, lastSeqOfOthers] = [0, 0];
  let waiting: string | undefined;
  for (const item of items) {
    if (item.kind !== "message") continue;
    const { id, seq, isOwn } = item;
    if (ids.has(id)) return `${id} is shown twice`;
    ids.add(id);
    if (seq === undefined) {
      waiting = id;
      continue;
    }
    if (seq <= (isOwn ? lastSeqOfOthers : lastSeq)) return `${id} at ${seq} is out of order`;
    lastSeq = Math.max(lastSeq, seq);
    if (isOwn) continue;
    if (waiting !== undefined) return `${id} is shown below ${waiting}, which waits`;
    lastSeqOfOthers = seq;
  }
  return undefined;
}
