import { and, desc, eq, lte, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { Database } from "../database.js";
import { messages } from "../tables/schema.js";
import type { Write, WriteOutcome } from "../write.js";
import { prepareMembership } from "./membership.js";
import type { RoomHeads } from "./room-heads.js";

type ReadWrite = Extract<Write, { type: "read" }>;

/**
 * Compiles the write of a read position: the larger one wins, and none passes the head. Nothing
 * read is no position, and makes nobody a member. [R1]
 */
export function prepareRaisePosition(
  database: Database,
  heads: RoomHeads,
): (write: ReadWrite) => WriteOutcome {
  const membership = prepareMembership(database);
  const findCount = prepareFindCount(database.query);
  return ({ room, user, seq, at }) => {
    const head = heads.get(room);
    if (head === undefined) return { type: "position", seq: 0, count: 0, isRaised: false };
    const place = Math.min(seq, head.head);
    const register = { seq: place, count: findCount.get({ room, seq: place })?.count ?? 0 };
    const isRaised = place > 0 && membership.raise({ room, user, at }, register);
    return { type: "position", ...membership.register(room, user), isRaised };
  };
}

/** Messages shown in the room up to a seq, whether or not its event is still in the log. [R2] */
function prepareFindCount(query: BetterSQLite3Database) {
  const isUpThere = and(
    eq(messages.room, sql.placeholder("room")),
    sql`is_in_room = 1`,
    lte(messages.seq, sql.placeholder("seq")),
  );
  return query
    .select({ count: messages.count })
    .from(messages)
    .where(isUpThere)
    .orderBy(desc(messages.seq))
    .limit(1)
    .prepare();
}
