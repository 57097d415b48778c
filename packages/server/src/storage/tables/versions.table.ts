import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What messages said before they were edited; gone when the message is deleted. [O10] */
export const versions = sqliteTable(
  "versions",
  {
    room: text("room").notNull(),
    message: text("message").notNull(),
    /** Seq of the edit that replaced it. */
    seq: integer("seq").notNull(),
    /** When it was said. */
    at: integer("at").notNull(),
    body: text("body").notNull(),
  },
  (table) => [primaryKey({ columns: [table.room, table.message, table.seq] })],
);
