import type { EventFrame, MsgEvent, ReactEvent, RoomEvent } from "../protocol/events.js";
import { LIMITS } from "../protocol/limits.js";
import type { MessageRow, Reaction } from "../protocol/model.js";
import type { Said } from "./said.js";

/**
 * The row a `msg` event creates; nothing for a kind that creates none or that this version does not
 * know. [W3]
 */
export function rowOf(event: EventFrame): MessageRow | undefined {
  if (!isKnown(event) || event.k !== "msg") return undefined;
  const { t: _type, room: _room, k: _kind, redacted: _redacted, ...said } = event;
  return { ...said, rev: said.seq };
}

/**
 * The rows of the room, or of one thread, after the event: what is said there is added, and a row
 * the event is about is replaced; all others stay the same objects.
 */
export function applyToRows(
  rows: readonly MessageRow[],
  event: EventFrame,
  thread?: string,
): readonly MessageRow[] {
  if (!isKnown(event)) return rows;
  const row = isShown(event, thread) && event.seq > lastSeq(rows) ? rowOf(event) : undefined;
  const changed = touched(event).reduce((held, id) => applyToOne(held, id, event), rows);
  return row ? [...changed, row] : changed;
}

/**
 * The row after the event, if the event is about this row. It is applied only if it is newer than
 * the row, so that applying it twice changes nothing. [L11]
 */
export function applyToRow(row: MessageRow, event: EventFrame): MessageRow {
  if (event.seq <= row.rev || !isKnown(event)) return row;
  const { seq: rev } = event;
  if (event.k === "msg" || (event.k === "del" && event.thread === row.id)) {
    if (event.thread !== row.id) return row;
    const { count = 0, lastSeq: last = rev } = row.replies ?? {};
    const isReply = event.k === "msg";
    const replies = { count: count + (isReply ? 1 : -1), lastSeq: isReply ? rev : last };
    return { ...row, rev, replies };
  }
  const { seq, count } = row;
  return event.target === row.id ? { ...afterChange(row, event), seq, rev, count } : row;
}

/** What is left of a message after the change of it. */
export function afterChange(row: Said, event: Exclude<RoomEvent, MsgEvent>): Said {
  switch (event.k) {
    case "edit": {
      const { mentions: _mentions, ...rest } = row;
      const { body, at: editedAt, mentions } = event;
      return { ...rest, body, editedAt, ...(mentions && { mentions }) };
    }
    case "del": {
      const { mentions: _mentions, meta: _meta, reactions: _reactions, ...kept } = row;
      const { editedAt: _editedAt, pinned: _pinned, ...rest } = kept;
      return { ...rest, body: "", deletedAt: event.at };
    }
    case "react":
    case "unreact": {
      const { reactions: held = [], ...rest } = row;
      const reactions = reactionsAfter(held, event);
      return reactions.length > 0 ? { ...rest, reactions } : rest;
    }
    case "pin":
      return { ...row, pinned: true };
    case "unpin": {
      const { pinned: _pinned, ...rest } = row;
      return rest;
    }
  }
}

/** A new kind comes last; one that nobody means any more goes. */
function reactionsAfter(held: readonly Reaction[], event: ReactEvent): Reaction[] {
  const { emoji, by, total: count, next = [] } = event;
  const known = held.find((reaction) => reaction.emoji === emoji);
  const others = known?.users.filter((user) => user !== by) ?? [];
  const isKnownUser = others.length !== (known?.users.length ?? 0);
  const users =
    event.k === "unreact"
      ? others.concat(next)
      : isKnownUser || others.length >= LIMITS.reactionMaxUsers
        ? (known?.users ?? [])
        : [...others, by];
  const changed: Reaction[] = count > 0 ? [{ emoji, count, users }] : [];
  return known
    ? held.flatMap((reaction) => (reaction === known ? changed : reaction))
    : [...held, ...changed];
}

function applyToOne(
  rows: readonly MessageRow[],
  id: string,
  event: EventFrame,
): readonly MessageRow[] {
  const index = rows.findLastIndex((row) => row.id === id);
  const row = rows[index];
  const changed = row && applyToRow(row, event);
  if (!changed || changed === row) return rows;
  const next = [...rows];
  next[index] = changed;
  return next;
}

/** The messages an event is about: its target, and the root of the thread that grows or shrinks. */
function touched(event: RoomEvent): readonly string[] {
  const target = event.k === "msg" ? undefined : event.target;
  const thread = event.k === "msg" || event.k === "del" ? event.thread : undefined;
  return [target, thread].filter((id) => id !== undefined);
}

function isShown(event: RoomEvent, thread: string | undefined): event is MsgEvent {
  if (event.k !== "msg") return false;
  return thread === undefined ? !event.thread || event.inRoom === true : event.thread === thread;
}

function lastSeq(rows: readonly MessageRow[]): number {
  return rows.at(-1)?.seq ?? 0;
}

const KNOWN_KINDS: Record<RoomEvent["k"], true> = {
  msg: true,
  edit: true,
  del: true,
  react: true,
  unreact: true,
  pin: true,
  unpin: true,
};

function isKnown(event: EventFrame): event is EventFrame & RoomEvent {
  return Object.hasOwn(KNOWN_KINDS, event.k);
}
