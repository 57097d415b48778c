import type { EventFrame, MsgEvent } from "../protocol/events.js";
import type { MessageRow } from "../protocol/model.js";

/**
 * The row a `msg` event creates; nothing for a kind that creates none or that this version does not
 * know. [W3]
 */
export function rowOf(event: EventFrame): MessageRow | undefined {
  if (!isMsgEvent(event)) return undefined;
  const { id, seq, count, by, at, author, body, format } = event;
  return { id, seq, rev: seq, count, by, at, author, body, format };
}

/**
 * The row after the event, if the event is about this row. It is applied only if it is newer than
 * the row, so that applying it twice changes nothing. [L11]
 */
export function applyToRow(row: MessageRow, event: EventFrame): MessageRow {
  if (event.seq <= row.rev) return row;
  return event.id === row.id ? (rowOf(event) ?? row) : row;
}

function isMsgEvent(event: EventFrame): event is EventFrame & MsgEvent {
  return event.k === "msg";
}
