import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per message and emoji that somebody reacted with. */
export const reactions = sqliteTable(
  "reactions",
  {
    room: text("room").notNull(),
    message: text("message").notNull(),
    emoji: text("emoji").notNull(),
    /** How many people have this reaction; never zero. */
    count: integer("count").notNull(),
    /** Seq of the event that brought it, which gives the reactions of a message their order. */
    seq: integer("seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.room, table.message, table.emoji] })],
);
