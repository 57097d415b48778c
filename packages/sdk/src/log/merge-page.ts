import type { HistoryPage } from "../protocol/history.js";
import type { MessageRow } from "../protocol/model.js";
import { applyToRow } from "./apply-event.js";
import type { RoomLogState } from "./room-log-step.js";

/**
 * Puts an older page in front of the window, brought up to date with the events applied since it
 * was read. Returns nothing when that is not possible: another log, a window replaced meanwhile, or
 * a page older than the ring; then it is to be asked for again. [L10]
 */
export function mergePage(
  state: RoomLogState,
  page: HistoryPage,
  before: number,
): RoomLogState | undefined {
  const { rows } = state;
  const older = rows[0]?.seq === before ? pageRows(state, page, before) : undefined;
  if (!older) return undefined;
  return { ...state, rows: [...older, ...rows], hasOlder: page.hasMore && older.length > 0 };
}

/**
 * The rows of a page before a seq, ascending, as they are at the cursor; nothing when the page
 * cannot be brought there.
 */
export function pageRows(
  log: Pick<RoomLogState, "cursor" | "ring">,
  page: HistoryPage,
  before = Infinity,
): readonly MessageRow[] | undefined {
  const { cursor, ring } = log;
  if (cursor?.epoch !== page.epoch) return undefined;
  const missed = ring.filter((event) => event.seq > page.asOf);
  if (cursor.seq - page.asOf > missed.length) return undefined;
  return page.messages
    .filter((row) => row.seq < before)
    .sort((left, right) => left.seq - right.seq)
    .map((row) => missed.reduce(applyToRow, row));
}

/** Whether a page was read after events that are still to come to a room that is followed. */
export function isAhead({ cursor, status }: RoomLogState, page: HistoryPage): boolean {
  const isFollowed = status !== "closed" && status !== "failed";
  return isFollowed && cursor?.epoch === page.epoch && page.asOf > cursor.seq;
}

/** Where the page before the window is; nothing when there is none, or no window. */
export function olderPath(
  path: string,
  { rows, hasOlder }: Pick<RoomLogState, "rows" | "hasOlder">,
): string | undefined {
  const oldest = rows[0]?.seq;
  return hasOlder && oldest !== undefined ? `${path}?before=${String(oldest)}` : undefined;
}
