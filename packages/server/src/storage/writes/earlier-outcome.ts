import type { NackCode } from "@confab/sdk/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { events, messages, rejectedOps } from "../tables/schema.js";
import type { WriteOutcome } from "../write.js";

/** What tells one op from another; a fence stands for any op of its author with that id. [O11] */
export interface OpKey {
  readonly room: string;
  readonly id: string;
  readonly by: string;
  readonly fingerprint?: string;
}

/** The outcome an op has had before, if it had one. */
export type FindEarlierOutcome = (op: OpKey) => WriteOutcome | undefined;

/**
 * An op has one outcome for ever: in the log with the same content, or refused. Somebody else's op
 * with this id is a conflict. A message remembers its op when its event is forgotten. [O4] [O5]
 */
export function prepareEarlierOutcome(query: BetterSQLite3Database): FindEarlierOutcome {
  const statements = prepareStatements(query);
  return ({ room, id, by, fingerprint }) => {
    const rejected = statements.findRejection.get({ room, id, by });
    if (rejected) return refused(rejected.code as NackCode, rejected.detail);
    const stored =
      statements.findEvent.get({ room, id }) ?? statements.findMessage.get({ room, id });
    if (stored === undefined) return undefined;
    const isSame = fingerprint === undefined || stored.fingerprint === fingerprint;
    if (stored.by !== by || !isSame) return { type: "refused", code: "conflict" };
    return { type: "duplicate", seq: stored.seq, at: stored.at };
  };
}

function refused(code: NackCode, detail: string | null): WriteOutcome {
  return detail === null ? { type: "refused", code } : { type: "refused", code, detail };
}

function prepareStatements(query: BetterSQLite3Database) {
  const value = (name: string) => sql.placeholder(name);
  return {
    findRejection: query
      .select({ code: rejectedOps.code, detail: rejectedOps.detail })
      .from(rejectedOps)
      .where(
        and(
          eq(rejectedOps.room, value("room")),
          eq(rejectedOps.id, value("id")),
          eq(rejectedOps.by, value("by")),
        ),
      )
      .prepare(),
    findEvent: query
      .select({ seq: events.seq, at: events.at, by: events.by, fingerprint: events.fingerprint })
      .from(events)
      .where(and(eq(events.room, value("room")), eq(events.id, value("id"))))
      .prepare(),
    findMessage: query
      .select({
        seq: messages.seq,
        at: messages.at,
        by: messages.by,
        fingerprint: messages.fingerprint,
      })
      .from(messages)
      .where(and(eq(messages.room, value("room")), eq(messages.id, value("id"))))
      .prepare(),
  };
}
