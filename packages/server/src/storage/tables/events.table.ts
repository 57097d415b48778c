import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { rooms } from "./rooms.table.js";

/** The log: one row per durable event, dense by seq within its room. [L1] */
export const events = sqliteTable(
  "events",
  {
    room: text("room")
      .notNull()
      .references(() => rooms.id),
    seq: integer("seq").notNull(),
    /** Id of the op that made it. */
    id: text("id").notNull(),
    by: text("by").notNull(),
    at: integer("at").notNull(),
    kind: text("kind").notNull(),
    count: integer("count").notNull(),
    /** Rolling hash of the log up to and including this event. [L3] */
    chain: text("chain").notNull(),
    /**
     * Hash of what the op asked for, to tell a repetition from another op with the same id. [O4]
     */
    fingerprint: text("fingerprint").notNull(),
    /** The fields of this kind of event, as a JSON object, ready to be sent. */
    payload: text("payload").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.room, table.seq] }),
    uniqueIndex("events_by_op").on(table.room, table.id),
    index("events_by_age").on(table.at, table.room, table.seq),
  ],
);
