import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { prepareFindRoom } from "./find-room.js";
import { events, messages, rejectedOps, rooms } from "./tables/schema.js";

/** The end of a room's log, as the writer moves it. */
export interface RoomHead {
  head: number;
  count: number;
  chain: string;
  lastAt: number;
}

/** The statements of the writer, compiled once per connection. */
export type WriteStatements = ReturnType<typeof prepareWriteStatements>;

/** Compiles them. The tables must exist. */
export function prepareWriteStatements(query: BetterSQLite3Database) {
  return {
    ...prepareRoomStatements(query),
    ...prepareLookups(query),
    ...prepareInserts(query),
  };
}

function prepareRoomStatements(query: BetterSQLite3Database) {
  return {
    findRoom: prepareFindRoom(query),
    insertRoom: query
      .insert(rooms)
      .values({
        id: value("id"),
        kind: value("kind"),
        name: value("name"),
        epoch: value("epoch"),
        head: 0,
        count: 0,
        minSeq: 1,
        chain: value("chain"),
        lastAt: 0,
        createdAt: value("at"),
      })
      .onConflictDoNothing()
      .prepare(),
    findHead: query
      .select({ head: rooms.head, count: rooms.count, chain: rooms.chain, lastAt: rooms.lastAt })
      .from(rooms)
      .where(eq(rooms.id, value("id")))
      .prepare(),
    updateHead: query
      .update(rooms)
      .set({
        head: sql`${value("head")}`,
        count: sql`${value("count")}`,
        chain: sql`${value("chain")}`,
        lastAt: sql`${value("lastAt")}`,
      })
      .where(eq(rooms.id, value("id")))
      .prepare(),
  };
}

function prepareLookups(query: BetterSQLite3Database) {
  return {
    findEvent: query
      .select({
        seq: events.seq,
        at: events.at,
        by: events.by,
        fingerprint: events.fingerprint,
      })
      .from(events)
      .where(and(eq(events.room, value("room")), eq(events.id, value("id"))))
      .prepare(),
    findRejection: query
      .select({ code: rejectedOps.code, detail: rejectedOps.detail })
      .from(rejectedOps)
      .where(
        and(
          eq(rejectedOps.room, value("room")),
          eq(rejectedOps.id, value("id")),
          eq(rejectedOps.by, value("by")),
        ),
      )
      .prepare(),
  };
}

function prepareInserts(query: BetterSQLite3Database) {
  return {
    insertEvent: query
      .insert(events)
      .values({
        room: value("room"),
        seq: value("seq"),
        id: value("id"),
        by: value("by"),
        at: value("at"),
        kind: value("kind"),
        count: value("count"),
        chain: value("chain"),
        fingerprint: value("fingerprint"),
        payload: value("payload"),
      })
      .prepare(),
    insertMessage: query
      .insert(messages)
      .values({
        room: value("room"),
        id: value("id"),
        seq: value("seq"),
        rev: value("seq"),
        count: value("count"),
        by: value("by"),
        at: value("at"),
        author: value("author"),
        body: value("body"),
        format: value("format"),
      })
      .prepare(),
    insertRejection: query
      .insert(rejectedOps)
      .values({
        room: value("room"),
        id: value("id"),
        by: value("by"),
        code: value("code"),
        detail: value("detail"),
        at: value("at"),
      })
      .prepare(),
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
