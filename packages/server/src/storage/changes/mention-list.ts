import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { mentions } from "../tables/schema.js";

/** Keeps the table by which mentions are counted in step with the rows. [R2] */
export interface MentionList {
  add(room: string, seq: number, users: readonly string[]): void;
  /** Takes away those of the JSON array a row has. */
  remove(room: string, seq: number, stored: string | null): void;
}

/** Compiles its statements. */
export function prepareMentionList(query: BetterSQLite3Database): MentionList {
  const value = (name: string) => sql.placeholder(name);
  const insert = query
    .insert(mentions)
    .values({ room: value("room"), user: value("user"), seq: value("seq") })
    .onConflictDoNothing()
    .prepare();
  const remove = query
    .delete(mentions)
    .where(
      and(
        eq(mentions.room, value("room")),
        eq(mentions.user, value("user")),
        eq(mentions.seq, value("seq")),
      ),
    )
    .prepare();
  return {
    add(room, seq, users) {
      for (const user of users) insert.run({ room, user, seq });
    },
    remove(room, seq, stored) {
      if (stored === null) return;
      for (const user of JSON.parse(stored) as string[]) remove.run({ room, user, seq });
    },
  };
}
