import { and, asc, desc, eq, gt, gte, isNotNull, lt, sql, type SQL } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { messages, versions } from "../tables/schema.js";
import { ROW_COLUMNS } from "./message-rows.js";

/** The statements that read rows, compiled once per connection. The tables must exist. */
export function prepareRowStatements(query: BetterSQLite3Database) {
  const isInRoom = sql`is_in_room = 1`;
  const isInThread = and(isNotNull(messages.thread), eq(messages.thread, value("root")));
  return {
    room: prepareDirections(query, isInRoom),
    thread: prepareDirections(query, isInThread),
    one: query
      .select(ROW_COLUMNS)
      .from(messages)
      .where(and(eq(messages.room, value("room")), eq(messages.id, value("id"))))
      .prepare(),
    pinned: query
      .select(ROW_COLUMNS)
      .from(messages)
      .where(
        and(
          eq(messages.room, value("room")),
          isNotNull(messages.pinnedAt),
          gte(messages.seq, value("from")),
        ),
      )
      .orderBy(desc(messages.seq))
      .limit(value("limit"))
      .prepare(),
    versions: query
      .select({ at: versions.at, body: versions.body })
      .from(versions)
      .where(and(eq(versions.room, value("room")), eq(versions.message, value("id"))))
      .orderBy(asc(versions.seq))
      .prepare(),
  };
}

/** The two ways to go through a list of rows: towards older ones, and towards newer ones. */
export type RowDirections = ReturnType<typeof prepareDirections>;

function prepareDirections(query: BetterSQLite3Database, isInList: SQL | undefined) {
  const isOfList = and(eq(messages.room, value("room")), isInList);
  return {
    before: query
      .select(ROW_COLUMNS)
      .from(messages)
      .where(and(isOfList, lt(messages.seq, value("before")), gte(messages.seq, value("from"))))
      .orderBy(desc(messages.seq))
      .limit(value("limit"))
      .prepare(),
    after: query
      .select(ROW_COLUMNS)
      .from(messages)
      .where(and(isOfList, gt(messages.seq, value("after"))))
      .orderBy(asc(messages.seq))
      .limit(value("limit"))
      .prepare(),
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
