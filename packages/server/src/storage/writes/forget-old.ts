import { and, asc, eq, lt, lte, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { events, rejectedOps, rooms } from "../tables/schema.js";
import type { Write, WriteOutcome } from "../write.js";

type ForgetWrite = Extract<Write, { type: "forget" }>;

/**
 * Compiles the write that forgets old events and refusals. Time never goes back within a room, so
 * what goes is the beginning of each log, and `minSeq` moves with it. [L1] [L4] [O4]
 */
export function prepareForgetOld(
  query: BetterSQLite3Database,
): (write: ForgetWrite) => WriteOutcome {
  const statements = prepareStatements(query);
  return ({ before, maxEvents }) => {
    const old = statements.findOld.all({ before, limit: maxEvents });
    const ends = new Map(old.map((event) => [event.room, event]));
    for (const { room, seq, chain } of ends.values()) {
      statements.removeEvents.run({ room, seq });
      statements.moveStart.run({ room, minSeq: seq + 1, minChain: chain });
    }
    const refusals = statements.removeRefusals.run({ before, limit: maxEvents }).changes;
    return { type: "forgotten", isComplete: Math.max(old.length, refusals) < maxEvents };
  };
}

function prepareStatements(query: BetterSQLite3Database) {
  const value = (name: string) => sql.placeholder(name);
  return {
    findOld: query
      .select({ room: events.room, seq: events.seq, chain: events.chain })
      .from(events)
      .where(lt(events.at, value("before")))
      .orderBy(asc(events.at), asc(events.room), asc(events.seq))
      .limit(value("limit"))
      .prepare(),
    removeEvents: query
      .delete(events)
      .where(and(eq(events.room, value("room")), lte(events.seq, value("seq"))))
      .prepare(),
    moveStart: query
      .update(rooms)
      .set({ minSeq: sql`${value("minSeq")}`, minChain: sql`${value("minChain")}` })
      .where(eq(rooms.id, value("room")))
      .prepare(),
    removeRefusals: query
      .delete(rejectedOps)
      .where(
        sql`rowid IN (SELECT rowid FROM ${rejectedOps} WHERE ${rejectedOps.at} < ${value("before")}
          LIMIT ${value("limit")})`,
      )
      .prepare(),
  };
}
