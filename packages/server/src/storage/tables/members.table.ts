import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per room and person who has acted there, with their read position. [R1] */
export const members = sqliteTable(
  "members",
  {
    room: text("room").notNull(),
    user: text("user").notNull(),
    /** Absent until they read or say something. */
    readSeq: integer("read_seq"),
    /** `count` of the newest message shown in the room up to there. */
    readCount: integer("read_count"),
    /** When they first acted. */
    at: integer("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.room, table.user] }),
    index("members_by_user").on(table.user),
  ],
);
