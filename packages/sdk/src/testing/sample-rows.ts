import type { EditEvent, MsgEvent, RoomEvent } from "../protocol/events.js";
import { LIMITS } from "../protocol/limits.js";
import type { MessageRow } from "../protocol/model.js";

/** What is known of one message while a log is read. */
interface Read {
  readonly message: MsgEvent;
  rev: number;
  edit?: EditEvent;
  deletedAt?: number;
  isPinned: boolean;
  /** Who reacted, in the order they did, by emoji. */
  readonly reactions: Map<string, Set<string>>;
  /** Replies of its thread that are not deleted, and the seq of the last ever. */
  replyCount: number;
  lastReplySeq: number;
}

/**
 * The rows of a log, ascending, as a server that keeps sets would have them: written without a
 * thought of how the client applies one event to one row.
 */
export function sampleRows(events: readonly RoomEvent[]): readonly MessageRow[] {
  const messages = new Map<string, Read>();
  for (const event of events) read(messages, event);
  return [...messages.values()].map(rowOf);
}

function read(messages: Map<string, Read>, event: RoomEvent): void {
  if (event.k === "msg") {
    messages.set(event.id, {
      message: event,
      rev: event.seq,
      isPinned: false,
      reactions: new Map(),
      replyCount: 0,
      lastReplySeq: 0,
    });
    const root = messages.get(event.thread ?? "");
    if (root) Object.assign(root, { rev: event.seq, lastReplySeq: event.seq });
    if (root) root.replyCount += 1;
    return;
  }
  const target = messages.get(event.target);
  if (!target) throw new Error("the event is about no message");
  target.rev = event.seq;
  change(target, event);
  const root = event.k === "del" ? messages.get(target.message.thread ?? "") : undefined;
  if (root) Object.assign(root, { rev: event.seq, replyCount: root.replyCount - 1 });
}

function change(target: Read, event: Exclude<RoomEvent, MsgEvent>): void {
  if (event.k === "edit") target.edit = event;
  else if (event.k === "del") target.deletedAt = event.at;
  else if (event.k === "react" || event.k === "unreact") {
    const users = target.reactions.get(event.emoji) ?? new Set();
    target.reactions.set(event.emoji, users);
    if (event.k === "react") users.add(event.by);
    else users.delete(event.by);
    if (users.size === 0) target.reactions.delete(event.emoji);
  } else target.isPinned = event.k === "pin";
}

function rowOf({ message, ...read }: Read): MessageRow {
  const { id, seq, count, by, at, author, body, format, replyTo, thread, inRoom } = message;
  const { rev, edit, deletedAt, isPinned, reactions, replyCount, lastReplySeq } = read;
  const place = { id, seq, rev, count, by, at, author, format };
  const kept: Partial<MessageRow> = {
    ...(replyTo && { replyTo }),
    ...(thread && { thread }),
    ...(inRoom && { inRoom }),
    ...(lastReplySeq > 0 && { replies: { count: replyCount, lastSeq: lastReplySeq } }),
  };
  if (deletedAt !== undefined) return { ...place, ...kept, body: "", deletedAt };
  const { mentions } = edit ?? message;
  const shown = [...reactions].map(([emoji, users]) => ({
    emoji,
    count: users.size,
    users: [...users].slice(0, LIMITS.reactionMaxUsers),
  }));
  return {
    ...place,
    ...kept,
    body: edit?.body ?? body,
    ...(mentions && { mentions }),
    ...(message.meta && { meta: message.meta }),
    ...(shown.length > 0 && { reactions: shown }),
    ...(edit && { editedAt: edit.at }),
    ...(isPinned && { pinned: true }),
  };
}
