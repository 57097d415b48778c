import type { Author, MessageRow } from "../protocol/model.js";
import type { PendingMessage } from "./pending-message.js";
import type { Delivery, TimelineMessage } from "./timeline-item.js";

/** Whose timeline it is. */
export interface Viewer {
  readonly id: string;
  readonly author: Author;
}

/** A message as it will be shown, before days and groups. */
export type TimelineLine = Omit<TimelineMessage, "isGroupStart" | "isGroupEnd">;

const SENT: Delivery = { status: "sent" };

/** The line of a message in the log. */
export function lineOfRow(row: MessageRow, viewer: Viewer): TimelineLine {
  const { id, seq, by, author, at, body, format } = row;
  const isOwn = by === viewer.id;
  return { kind: "message", key: id, id, seq, by, author, isOwn, at, body, format, delivery: SENT };
}

/** The line of a message that is on its way. Its key is the id it keeps for ever. [O1] */
export function lineOfPending(pending: PendingMessage, viewer: Viewer): TimelineLine {
  const { id, at, body, format, delivery, seq } = pending;
  return {
    kind: "message",
    key: id,
    id,
    ...(seq === undefined ? {} : { seq }),
    by: viewer.id,
    author: viewer.author,
    isOwn: true,
    at,
    body,
    format,
    delivery,
  };
}
