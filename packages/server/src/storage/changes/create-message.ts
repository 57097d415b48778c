import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { Database } from "../database.js";
import { messages } from "../tables/schema.js";
import type { NewMessage } from "../write.js";
import type { ApplyChange, ChangeOutcome } from "./change-outcome.js";
import { compile } from "../writes/compile.js";
import { prepareFindTarget } from "./find-target.js";
import { prepareMentionList } from "./mention-list.js";

/** `msg`: a new row, and one reply more at the root of its thread. [O1] */
export function prepareCreateMessage(database: Database): ApplyChange<NewMessage> {
  const { query } = database;
  const findTarget = prepareFindTarget(query);
  const mentions = prepareMentionList(query);
  const insert = prepareInsert(database);
  const addReply = prepareAddReply(query);

  function problemOf({ replyTo, thread }: NewMessage, room: string): ChangeOutcome | undefined {
    if (replyTo !== undefined && !findTarget(room, replyTo)) return { code: "target_gone" };
    if (thread === undefined) return undefined;
    const root = findTarget(room, thread);
    if (root === undefined) return { code: "target_gone" };
    return root.thread === null ? undefined : { code: "invalid", detail: "thread" };
  }

  return (change, place) => {
    const problem = problemOf(change, place.room);
    if (problem !== undefined) return problem;
    const { room, id, seq, count, by, at, fingerprint } = place;
    const { author, body, format, replyTo = null, thread = null, meta = null } = change;
    const isInRoom = change.isInRoom ? 1 : 0;
    const mentioned = change.mentions.length === 0 ? null : JSON.stringify(change.mentions);
    insert.run({
      room,
      id,
      seq,
      count,
      by,
      at,
      fingerprint,
      author,
      body,
      format,
      replyTo,
      thread,
      meta,
      isInRoom,
      mentions: mentioned,
    });
    if (thread !== null) addReply.run({ room, id: thread, seq });
    mentions.add(room, seq, change.mentions);
    return { payload: payloadOf(change) };
  };
}

function payloadOf(message: NewMessage): string {
  const { author, body, format, replyTo, thread, isInRoom, mentions, meta } = message;
  return JSON.stringify({
    author: JSON.parse(author) as unknown,
    body,
    format,
    replyTo,
    thread,
    inRoom: thread !== undefined && isInRoom ? true : undefined,
    mentions: mentions.length === 0 ? undefined : mentions,
    meta: meta === undefined ? undefined : (JSON.parse(meta) as unknown),
  });
}

function prepareInsert(database: Database) {
  const built = database.query.insert(messages).values({
    room: value("room"),
    id: value("id"),
    seq: value("seq"),
    rev: value("seq"),
    count: value("count"),
    by: value("by"),
    at: value("at"),
    fingerprint: value("fingerprint"),
    author: value("author"),
    body: value("body"),
    format: value("format"),
    replyTo: value("replyTo"),
    thread: value("thread"),
    isInRoom: sql`${value("isInRoom")}`,
    mentions: value("mentions"),
    meta: value("meta"),
  });
  return compile(database, built);
}

function prepareAddReply(query: BetterSQLite3Database) {
  return query
    .update(messages)
    .set({
      replyCount: sql`${messages.replyCount} + 1`,
      lastReplySeq: sql`${value("seq")}`,
      rev: sql`${value("seq")}`,
    })
    .where(and(eq(messages.room, value("room")), eq(messages.id, value("id"))))
    .prepare();
}

function value(name: string) {
  return sql.placeholder(name);
}
