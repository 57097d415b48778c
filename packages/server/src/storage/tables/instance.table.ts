import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * The one row that tells which life of which database this is, to be compared with the generation
 * file beside it. [L3]
 */
export const instance = sqliteTable("instance", {
  id: integer("id").primaryKey(),
  /** Random; another one after every restore. */
  database: text("database").notNull(),
  /** How many batches were committed. */
  commits: integer("commits").notNull(),
});
