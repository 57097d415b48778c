import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Who reacted to a message with what: one row per person and emoji. */
export const reactors = sqliteTable(
  "reactors",
  {
    room: text("room").notNull(),
    message: text("message").notNull(),
    emoji: text("emoji").notNull(),
    user: text("user").notNull(),
    /** Seq of the event by which they did. */
    seq: integer("seq").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.room, table.message, table.emoji, table.user] }),
    uniqueIndex("reactors_by_seq").on(table.room, table.message, table.emoji, table.seq),
  ],
);
