import type { ExpectedMessage } from "./fold-log.js";

/** Everything about a message that everybody must see alike. */
export type MessageFacts = Readonly<Record<string, unknown>>;

/** People named beside a reaction; the others are counted. */
const NAMED_USERS = 20;

/** What the log says of a message. */
export function factsAbout(message: ExpectedMessage): MessageFacts {
  const { id, seq, by, at, body, replyTo, thread, inRoom, mentions, editedAt } = message;
  const { deletedAt, isPinned, replies, reactions } = message;
  return {
    id,
    seq,
    by,
    at,
    body,
    replyTo,
    thread,
    inRoom,
    mentions,
    editedAt,
    deletedAt,
    pinned: isPinned,
    replies: replies === undefined ? undefined : [replies.count, replies.lastSeq],
    reactions: reactions.map(({ emoji, users }) => {
      return [emoji, users.length, users.slice(0, NAMED_USERS)];
    }),
  };
}

/** What a row of the wire, or of a view, says. */
export function factsOfRow(row: Readonly<Record<string, unknown>>): MessageFacts {
  const { id, seq, by, at, body, replyTo, thread, inRoom, mentions, editedAt } = row;
  const { deletedAt, pinned, replies, reactions } = row as {
    readonly deletedAt?: number;
    readonly pinned?: boolean;
    readonly replies?: { readonly count: number; readonly lastSeq: number };
    readonly reactions?: readonly { emoji: string; count: number; users: string[] }[];
  };
  return {
    id,
    seq,
    by,
    at,
    body,
    replyTo,
    thread,
    inRoom: inRoom === true,
    mentions: mentions ?? [],
    editedAt,
    deletedAt,
    pinned: pinned === true,
    replies: replies === undefined ? undefined : [replies.count, replies.lastSeq],
    reactions: (reactions ?? []).map(({ emoji, count, users }) => [emoji, count, users]),
  };
}
