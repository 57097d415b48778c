import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { rooms } from "./rooms.table.js";

/**
 * One row per message with all later events applied: what pages and snapshots are read from. [L10]
 */
export const messages = sqliteTable(
  "messages",
  {
    room: text("room")
      .notNull()
      .references(() => rooms.id),
    id: text("id").notNull(),
    seq: integer("seq").notNull(),
    /** Seq of the last event that changed this row. [L11] */
    rev: integer("rev").notNull(),
    count: integer("count").notNull(),
    by: text("by").notNull(),
    at: integer("at").notNull(),
    /** Who the author was when they wrote it, as a JSON object. */
    author: text("author").notNull(),
    body: text("body").notNull(),
    format: text("format", { enum: ["text", "md"] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.room, table.id] }),
    uniqueIndex("messages_by_seq").on(table.room, table.seq),
  ],
);
