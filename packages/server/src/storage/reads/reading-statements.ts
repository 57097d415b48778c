import { and, count, desc, eq, gt, gte, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { members, mentions, messages, rooms } from "../tables/schema.js";

const LAST_COLUMNS = {
  id: messages.id,
  seq: messages.seq,
  by: messages.by,
  at: messages.at,
  author: messages.author,
  body: messages.body,
  deletedAt: messages.deletedAt,
};

/** The newest message of a room as it is stored. */
export type StoredLast = Pick<typeof messages.$inferSelect, keyof typeof LAST_COLUMNS>;

/** The statements that read members, read positions and room lists, compiled once. */
export function prepareReadingStatements(query: BetterSQLite3Database) {
  const isRoomMember = eq(members.room, value("room"));
  return {
    register: query
      .select({ seq: members.readSeq, count: members.readCount })
      .from(members)
      .where(and(isRoomMember, eq(members.user, value("user"))))
      .prepare(),
    registers: query
      .select({ user: members.user, seq: members.readSeq, count: members.readCount })
      .from(members)
      .where(isRoomMember)
      .limit(value("limit"))
      .prepare(),
    mentionsAfter: query
      .select({ mentions: count() })
      .from(mentions)
      .where(
        and(
          eq(mentions.room, value("room")),
          eq(mentions.user, value("user")),
          gt(mentions.seq, value("seq")),
        ),
      )
      .prepare(),
    roomsOf: query
      .select({ room: members.room })
      .from(members)
      .innerJoin(rooms, eq(rooms.id, members.room))
      .where(eq(members.user, value("user")))
      .orderBy(desc(rooms.lastMessageAt), rooms.id)
      .limit(value("limit"))
      .prepare(),
    last: query
      .select(LAST_COLUMNS)
      .from(messages)
      .where(
        and(
          eq(messages.room, value("room")),
          sql`is_in_room = 1`,
          gte(messages.seq, value("from")),
        ),
      )
      .orderBy(desc(messages.seq))
      .limit(1)
      .prepare(),
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
