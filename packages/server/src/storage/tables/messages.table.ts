import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { rooms } from "./rooms.table.js";

/**
 * One row per message with all later events applied: what pages and snapshots are read from. [L10]
 * It outlives its events, and so remembers the op that made it for ever. [O4]
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
    /** Hash of what the op asked for, as its event has it. */
    fingerprint: text("fingerprint").notNull().default(""),
    /** Who the author was when they wrote it, as a JSON object. */
    author: text("author").notNull(),
    body: text("body").notNull(),
    format: text("format", { enum: ["text", "md"] }).notNull(),
    replyTo: text("reply_to"),
    /** Root of the thread it is a reply in. */
    thread: text("thread"),
    /** Whether the room shows it: everything but replies that are only in their thread. */
    isInRoom: integer("is_in_room", { mode: "boolean" }).notNull().default(true),
    /** User ids, as a JSON array. */
    mentions: text("mentions"),
    /** What the host application keeps with it, as a JSON object. */
    meta: text("meta"),
    /** Replies in its thread that are not deleted. */
    replyCount: integer("reply_count").notNull().default(0),
    /** Seq of the newest reply there ever was in its thread. */
    lastReplySeq: integer("last_reply_seq"),
    editedAt: integer("edited_at"),
    deletedAt: integer("deleted_at"),
    pinnedAt: integer("pinned_at"),
  },
  (table) => [
    primaryKey({ columns: [table.room, table.id] }),
    uniqueIndex("messages_by_seq").on(table.room, table.seq),
    uniqueIndex("messages_in_room")
      .on(table.room, table.seq)
      .where(sql`is_in_room = 1`),
    uniqueIndex("messages_in_thread")
      .on(table.room, table.thread, table.seq)
      .where(sql`thread IS NOT NULL`),
    index("messages_pinned")
      .on(table.room, table.seq)
      .where(sql`pinned_at IS NOT NULL`),
  ],
);
