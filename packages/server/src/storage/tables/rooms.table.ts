import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per room: what it is, and where its log ends. */
export const rooms = sqliteTable("rooms", {
  id: text("id").primaryKey(),
  kind: text("kind", { enum: ["public", "private", "direct"] }).notNull(),
  name: text("name").notNull(),
  /** Identity of this life of the log. [L3] */
  epoch: text("epoch").notNull(),
  head: integer("head").notNull(),
  /** Number of messages shown in the room up to the head. [L2] */
  count: integer("count").notNull(),
  /** First seq still in the log. */
  minSeq: integer("min_seq").notNull(),
  /** Chain of the log just before `minSeq`, for cursors that stand there. [L4] */
  minChain: text("min_chain").notNull().default("0000000000000000"),
  chain: text("chain").notNull(),
  /** Time of the event at the head, so that time never goes back within a room. [L1] */
  lastAt: integer("last_at").notNull(),
  /** Time of the newest message, which orders room lists. */
  lastMessageAt: integer("last_message_at").notNull().default(0),
  createdAt: integer("created_at").notNull(),
});
