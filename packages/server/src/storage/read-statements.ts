import { and, asc, desc, eq, gt, gte, lt, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { prepareFindRoom } from "./find-room.js";
import { events, messages, rooms } from "./tables/schema.js";

const ROW_COLUMNS = {
  id: messages.id,
  seq: messages.seq,
  rev: messages.rev,
  count: messages.count,
  by: messages.by,
  at: messages.at,
  author: messages.author,
  body: messages.body,
  format: messages.format,
};

const EVENT_COLUMNS = {
  room: events.room,
  seq: events.seq,
  id: events.id,
  by: events.by,
  at: events.at,
  kind: events.kind,
  count: events.count,
  chain: events.chain,
  payload: events.payload,
};

/** A message row as it is stored: the author still as text. */
export type StoredRow = Pick<typeof messages.$inferSelect, keyof typeof ROW_COLUMNS>;

/** The statements of a reader, compiled once per connection. The tables must exist. */
export function prepareReadStatements(query: BetterSQLite3Database) {
  return { ...prepareRoomStatements(query), ...prepareLogStatements(query) };
}

function prepareRoomStatements(query: BetterSQLite3Database) {
  return {
    findRoom: prepareFindRoom(query),
    findPosition: query
      .select({
        epoch: rooms.epoch,
        minSeq: rooms.minSeq,
        head: rooms.head,
        count: rooms.count,
        chain: rooms.chain,
      })
      .from(rooms)
      .where(eq(rooms.id, value("id")))
      .prepare(),
  };
}

function prepareLogStatements(query: BetterSQLite3Database) {
  const isRoomEvent = eq(events.room, value("room"));
  const isRoomMessage = eq(messages.room, value("room"));
  return {
    findChain: query
      .select({ chain: events.chain })
      .from(events)
      .where(and(isRoomEvent, eq(events.seq, value("seq"))))
      .prepare(),
    measureAfter: query
      .select({ bytes: sql<number | null>`sum(octet_length(${events.payload}))` })
      .from(events)
      .where(and(isRoomEvent, gt(events.seq, value("seq"))))
      .prepare(),
    eventsAfter: query
      .select(EVENT_COLUMNS)
      .from(events)
      .where(and(isRoomEvent, gt(events.seq, value("after"))))
      .orderBy(asc(events.seq))
      .limit(value("limit"))
      .prepare(),
    rowsBefore: query
      .select(ROW_COLUMNS)
      .from(messages)
      .where(
        and(isRoomMessage, lt(messages.seq, value("before")), gte(messages.seq, value("from"))),
      )
      .orderBy(desc(messages.seq))
      .limit(value("limit"))
      .prepare(),
    rowsAfter: query
      .select(ROW_COLUMNS)
      .from(messages)
      .where(and(isRoomMessage, gt(messages.seq, value("after"))))
      .orderBy(asc(messages.seq))
      .limit(value("limit"))
      .prepare(),
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
