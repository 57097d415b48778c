import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Ops that were refused, so that the same op is refused again. [O5]
 * The author is part of the key: nobody can spoil an id for somebody else.
 */
export const rejectedOps = sqliteTable(
  "rejected_ops",
  {
    room: text("room").notNull(),
    id: text("id").notNull(),
    by: text("by").notNull(),
    code: text("code").notNull(),
    detail: text("detail"),
    at: integer("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.room, table.id, table.by] }),
    index("rejected_ops_by_age").on(table.at),
  ],
);
