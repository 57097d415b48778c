import { applyToRow, applyToRows } from "../log/apply-event.js";
import { pageRows } from "../log/merge-page.js";
import type { RoomLogState } from "../log/room-log-step.js";
import type { EventFrame } from "../protocol/events.js";
import type { ThreadPage } from "../protocol/history.js";
import type { MessageRow } from "../protocol/model.js";

/** What is held of a thread, as it is at the cursor of its room. */
export interface ThreadWindow {
  readonly root: MessageRow;
  /** Replies from the oldest loaded to the newest, ascending, without a hole. */
  readonly rows: readonly MessageRow[];
  readonly hasOlder: boolean;
}

/**
 * The newest page in place of everything; nothing when it cannot be brought to the cursor. [L10]
 */
export function threadWindow(log: RoomLogState, page: ThreadPage): ThreadWindow | undefined {
  const rows = pageRows(log, page);
  const missed = log.ring.filter((event) => event.seq > page.asOf);
  const window: ThreadWindow = { root: page.root, rows: rows ?? [], hasOlder: page.hasMore };
  return rows && missed.reduce(afterEvent, window);
}

/**
 * An older page in front; nothing when it cannot be brought to the cursor. [L10]
 */
export function withOlderReplies(
  log: RoomLogState,
  window: ThreadWindow,
  page: ThreadPage,
): ThreadWindow | undefined {
  const older = pageRows(log, page, window.rows[0]?.seq);
  if (!older) return undefined;
  const hasOlder = page.hasMore && older.length > 0;
  return { ...window, rows: [...older, ...window.rows], hasOlder };
}

/** The window after the next event of the room. [L11] */
export function afterEvent(window: ThreadWindow, event: EventFrame): ThreadWindow {
  const root = applyToRow(window.root, event);
  const rows = applyToRows(window.rows, event, root.id);
  return root === window.root && rows === window.rows ? window : { ...window, root, rows };
}
