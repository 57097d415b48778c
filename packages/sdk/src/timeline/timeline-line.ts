import type { Said } from "../log/said.js";
import type { OutboxEntry } from "../outbox/outbox-entry.js";
import type { Author, MessageRow } from "../protocol/model.js";
import { withChanges } from "./pending-changes.js";
import type { Delivery, TimelineMessage } from "./timeline-item.js";

/** Whose timeline it is. */
export interface Viewer {
  readonly id: string;
  readonly author: Author;
}

/** A message of the log, or one that is on its way there. */
export type TimelineSource = MessageRow | OutboxEntry;

/** A message as it will be shown, before days and groups. */
export type TimelineLine = Omit<TimelineMessage, "isGroupStart" | "isGroupEnd">;

const SENT: Delivery = { status: "sent" };

/**
 * The line of a message, with what we asked for about it. Its key is the id it keeps for ever. [O1]
 */
export function lineOf(
  source: TimelineSource,
  changes: readonly OutboxEntry[],
  viewer: Viewer,
): TimelineLine {
  const isEntry = "progress" in source;
  const before = isEntry ? saidBy(source, viewer) : source;
  const { said, isPending, failed } = withChanges(before, changes, viewer.id);
  const { id, seq, by, author, at, body, format, replyTo, thread, inRoom } = said;
  const { replies, mentions, meta, reactions, editedAt, deletedAt, pinned } = said;
  return {
    kind: "message",
    key: id,
    id,
    ...(seq !== undefined && { seq }),
    by,
    author,
    isOwn: by === viewer.id,
    at,
    body,
    format,
    delivery: isEntry ? deliveryOf(source) : SENT,
    ...(replyTo && { replyTo }),
    ...(thread && { thread }),
    ...(inRoom && { inRoom }),
    ...(replies && { replies }),
    ...(mentions && { mentions }),
    ...(mentions?.includes(viewer.id) && { isMentioned: true }),
    ...(meta && { meta }),
    ...(reactions && {
      reactions: reactions.map((it) => ({ ...it, isOwn: it.users.includes(viewer.id) })),
    }),
    ...(editedAt !== undefined && { editedAt }),
    ...(deletedAt !== undefined && { deletedAt }),
    ...(pinned && { isPinned: true }),
    ...(isPending && { change: "pending" }),
    ...(failed && failedEdit(failed)),
  };
}

function saidBy({ id, op, at, progress }: OutboxEntry, viewer: Viewer): Said {
  const { k: _kind, t: _type, room: _room, ...rest } = op as Extract<typeof op, { k: "msg" }>;
  const { inRoom, ...message } = rest;
  const place = progress.status === "acked" ? { at: progress.at, seq: progress.seq } : { at };
  const shown = inRoom ? { inRoom } : {};
  return { ...message, ...shown, id, by: viewer.id, author: viewer.author, ...place };
}

function deliveryOf({ progress, since, fence, tab }: OutboxEntry): Delivery {
  if (progress.status === "acked") return SENT;
  if (progress.status === "failed") return { ...progress, ...(tab && { tab }) };
  return {
    status: "pending",
    since,
    ...(fence === "cancelled" && { isCancelling: true }),
    ...(tab && { tab }),
  };
}

function failedEdit({ id, op, progress }: OutboxEntry): Pick<TimelineLine, "failedEdit"> {
  if (op.k !== "edit" || progress.status !== "failed") return {};
  return { failedEdit: { id, body: op.body, error: progress.error } };
}
