import { LIMITS, type Author, type MessageRow, type Reaction } from "@confab/sdk/protocol";
import { and, asc, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { messages, reactions } from "../tables/schema.js";

/** The columns a row is made of. */
export const ROW_COLUMNS = {
  id: messages.id,
  seq: messages.seq,
  rev: messages.rev,
  count: messages.count,
  by: messages.by,
  at: messages.at,
  author: messages.author,
  body: messages.body,
  format: messages.format,
  replyTo: messages.replyTo,
  thread: messages.thread,
  isInRoom: messages.isInRoom,
  mentions: messages.mentions,
  meta: messages.meta,
  replyCount: messages.replyCount,
  lastReplySeq: messages.lastReplySeq,
  editedAt: messages.editedAt,
  deletedAt: messages.deletedAt,
  pinnedAt: messages.pinnedAt,
};

/** A row as it is stored. */
export type StoredRow = Pick<typeof messages.$inferSelect, keyof typeof ROW_COLUMNS>;

/** Completes stored rows of a room with their reactions, all of them in one statement. */
export type CompleteRows = (room: string, rows: readonly StoredRow[]) => MessageRow[];

/** Compiles that statement. */
export function prepareCompleteRows(query: BetterSQLite3Database): CompleteRows {
  const findReactions = prepareFindReactions(query);
  return (room, rows) => {
    const ids = rows.map(({ id }) => id);
    const found = findReactions.all({ room, ids: JSON.stringify(ids) });
    const byMessage = new Map<string, Reaction[]>();
    for (const { message, emoji, count, users } of found) {
      const reaction = { emoji, count, users: JSON.parse(users) as string[] };
      const known = byMessage.get(message);
      if (known === undefined) byMessage.set(message, [reaction]);
      else known.push(reaction);
    }
    return rows.map((row) => toMessageRow(row, byMessage.get(row.id)));
  };
}

/** The fields that are empty are left out. */
function toMessageRow(row: StoredRow, found: Reaction[] | undefined): MessageRow {
  const { id, seq, rev, count, by, at, body, format } = row;
  const { replyTo, thread, isInRoom, mentions, meta, editedAt, deletedAt } = row;
  const author = JSON.parse(row.author) as Author;
  return {
    ...{ id, seq, rev, count, by, at, author, body, format },
    ...(replyTo !== null && { replyTo }),
    ...(thread !== null && { thread }),
    ...(thread !== null && isInRoom && { inRoom: true as const }),
    ...(row.lastReplySeq !== null && {
      replies: { count: row.replyCount, lastSeq: row.lastReplySeq },
    }),
    ...(mentions !== null && { mentions: JSON.parse(mentions) as string[] }),
    ...(meta !== null && { meta: JSON.parse(meta) as Record<string, unknown> }),
    ...(found !== undefined && { reactions: found }),
    ...(editedAt !== null && { editedAt }),
    ...(deletedAt !== null && { deletedAt }),
    ...(row.pinnedAt !== null && { pinned: true as const }),
  };
}

function prepareFindReactions(query: BetterSQLite3Database) {
  const value = (name: string) => sql.placeholder(name);
  return query
    .select({
      message: reactions.message,
      emoji: reactions.emoji,
      count: reactions.count,
      // Names in full by hand: in a list of columns the query builder leaves the table away.
      users: sql<string>`(SELECT json_group_array(user) FROM (
        SELECT user FROM reactors
        WHERE reactors.room = reactions.room AND reactors.message = reactions.message
          AND reactors.emoji = reactions.emoji
        ORDER BY reactors.seq LIMIT ${sql.raw(String(LIMITS.reactionMaxUsers))}))`,
    })
    .from(reactions)
    .where(
      and(
        eq(reactions.room, value("room")),
        sql`${reactions.message} IN (SELECT value FROM json_each(${value("ids")}))`,
      ),
    )
    .orderBy(asc(reactions.seq))
    .prepare();
}
