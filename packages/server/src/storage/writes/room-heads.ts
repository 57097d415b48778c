import { eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { rooms } from "../tables/schema.js";

/** The end of a room's log, as the writer moves it. */
export interface RoomHead {
  head: number;
  count: number;
  chain: string;
  lastAt: number;
  lastMessageAt: number;
}

/** The ends of the logs a batch writes to: read once, written once, however many events it adds. */
export interface RoomHeads {
  get(room: string): RoomHead | undefined;
  /** Writes them. Between two batches nothing is remembered. */
  store(): void;
  /** Remembers nothing, after a batch that failed. */
  forget(): void;
}

/** Compiles their statements. */
export function prepareRoomHeads(query: BetterSQLite3Database): RoomHeads {
  const statements = prepareStatements(query);
  const heads = new Map<string, RoomHead>();
  return {
    get(room) {
      const known = heads.get(room);
      if (known !== undefined) return known;
      const read = statements.find.get({ id: room });
      if (read !== undefined) heads.set(room, read);
      return read;
    },
    store() {
      for (const [id, head] of heads) statements.update.run({ id, ...head });
      heads.clear();
    },
    forget() {
      heads.clear();
    },
  };
}

function prepareStatements(query: BetterSQLite3Database) {
  const value = (name: string) => sql.placeholder(name);
  return {
    find: query
      .select({
        head: rooms.head,
        count: rooms.count,
        chain: rooms.chain,
        lastAt: rooms.lastAt,
        lastMessageAt: rooms.lastMessageAt,
      })
      .from(rooms)
      .where(eq(rooms.id, value("id")))
      .prepare(),
    update: query
      .update(rooms)
      .set({
        head: sql`${value("head")}`,
        count: sql`${value("count")}`,
        chain: sql`${value("chain")}`,
        lastAt: sql`${value("lastAt")}`,
        lastMessageAt: sql`${value("lastMessageAt")}`,
      })
      .where(eq(rooms.id, value("id")))
      .prepare(),
  };
}
