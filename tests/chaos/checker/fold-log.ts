import type { StoredEvent } from "./stored-log.js";

/** Who reacted how, those who did first in front. */
export interface ExpectedReaction {
  readonly emoji: string;
  readonly users: string[];
}

/** A message as the log says it must be. */
export interface ExpectedMessage {
  readonly id: string;
  readonly seq: number;
  readonly by: string;
  readonly at: number;
  readonly replyTo: string | undefined;
  readonly thread: string | undefined;
  readonly inRoom: boolean;
  /** Id of the event whose words it has now. */
  wordsOf: string;
  body: string;
  mentions: readonly string[];
  reactions: ExpectedReaction[];
  editedAt: number | undefined;
  deletedAt: number | undefined;
  isPinned: boolean;
  replies: { count: number; lastSeq: number } | undefined;
}

/**
 * What a log makes of its messages, in their order: written from the protocol page, and sharing
 * nothing with the product.
 */
export function foldLog(events: readonly StoredEvent[]): ExpectedMessage[] {
  const byId = new Map<string, ExpectedMessage>();
  for (const event of events) {
    const id = event.fields["target"] as string | undefined;
    const target = id === undefined ? undefined : byId.get(id);
    if (event.kind === "msg") create(event, byId);
    else if (target !== undefined) change(target, event, byId);
  }
  return [...byId.values()];
}

/** Whether the message is among those of the room, and not only in a thread. */
export function isShownInRoom({ thread, inRoom }: ExpectedMessage): boolean {
  return thread === undefined || inRoom;
}

function create(event: StoredEvent, byId: Map<string, ExpectedMessage>): void {
  const { body, replyTo, thread, inRoom, mentions } = event.fields;
  byId.set(event.id, {
    id: event.id,
    seq: event.seq,
    by: event.by,
    at: event.at,
    replyTo: replyTo as string | undefined,
    thread: thread as string | undefined,
    inRoom: inRoom === true,
    wordsOf: event.id,
    body: body as string,
    mentions: (mentions as string[] | undefined) ?? [],
    reactions: [],
    editedAt: undefined,
    deletedAt: undefined,
    isPinned: false,
    replies: undefined,
  });
  const root = byId.get(thread as string);
  if (root !== undefined) {
    root.replies = { count: (root.replies?.count ?? 0) + 1, lastSeq: event.seq };
  }
}

function change(
  target: ExpectedMessage,
  event: StoredEvent,
  byId: Map<string, ExpectedMessage>,
): void {
  const { body, mentions, emoji } = event.fields;
  switch (event.kind) {
    case "edit":
      target.body = body as string;
      target.mentions = (mentions as string[] | undefined) ?? [];
      target.editedAt = event.at;
      target.wordsOf = event.id;
      return;
    case "del": {
      const gone = { body: "", mentions: [], reactions: [], editedAt: undefined, isPinned: false };
      Object.assign(target, gone, { deletedAt: event.at });
      const root = byId.get(target.thread ?? "");
      if (root?.replies !== undefined) root.replies.count -= 1;
      return;
    }
    case "react":
      react(target, emoji as string, event.by);
      return;
    case "unreact":
      unreact(target, emoji as string, event.by);
      return;
    case "pin":
    case "unpin":
      target.isPinned = event.kind === "pin";
  }
}

function react(target: ExpectedMessage, emoji: string, user: string): void {
  let reaction = target.reactions.find((known) => known.emoji === emoji);
  if (reaction === undefined) {
    reaction = { emoji, users: [] };
    target.reactions.push(reaction);
  }
  if (!reaction.users.includes(user)) reaction.users.push(user);
}

function unreact(target: ExpectedMessage, emoji: string, user: string): void {
  target.reactions = target.reactions
    .map((known) => {
      if (known.emoji !== emoji) return known;
      return { emoji, users: known.users.filter((other) => other !== user) };
    })
    .filter(({ users }) => users.length > 0);
}
