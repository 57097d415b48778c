import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Who is mentioned where, to be counted: the messages that are not deleted. [R2] */
export const mentions = sqliteTable(
  "mentions",
  {
    room: text("room").notNull(),
    user: text("user").notNull(),
    /** Seq of the message. */
    seq: integer("seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.room, table.user, table.seq] })],
);
