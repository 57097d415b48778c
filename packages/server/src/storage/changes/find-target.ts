import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { messages } from "../tables/schema.js";

/** What conditions and changes look at in the message they name. */
export interface Target {
  readonly seq: number;
  readonly by: string;
  readonly at: number;
  readonly body: string;
  readonly thread: string | null;
  readonly mentions: string | null;
  readonly editedAt: number | null;
  readonly deletedAt: number | null;
}

/** Looks up the message a change names, deleted ones too. */
export function prepareFindTarget(
  query: BetterSQLite3Database,
): (room: string, id: string) => Target | undefined {
  const statement = query
    .select({
      seq: messages.seq,
      by: messages.by,
      at: messages.at,
      body: messages.body,
      thread: messages.thread,
      mentions: messages.mentions,
      editedAt: messages.editedAt,
      deletedAt: messages.deletedAt,
    })
    .from(messages)
    .where(and(eq(messages.room, sql.placeholder("room")), eq(messages.id, sql.placeholder("id"))))
    .prepare();
  return (room, id) => statement.get({ room, id });
}
