import { eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { rooms } from "./tables/schema.js";

/** The statement that tells what a room is. Readers and the writer ask alike. */
export function prepareFindRoom(query: BetterSQLite3Database) {
  return query
    .select({ id: rooms.id, kind: rooms.kind, name: rooms.name })
    .from(rooms)
    .where(eq(rooms.id, sql.placeholder("id")))
    .prepare();
}
