import type { NackCode } from "@confab/sdk/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../database.js";
import { events, messages, rejectedOps } from "../tables/schema.js";
import type { WriteOutcome } from "../write.js";
import { compile } from "./compile.js";

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
export function prepareEarlierOutcome(database: Database): FindEarlierOutcome {
  const statements = prepareStatements(database);
  return ({ room, id, by, fingerprint }) => {
    const rejected = statements.findRejection.get({ room, id, by });
    if (rejected) return refused(rejected.code, rejected.detail);
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

interface StoredRefusal {
  readonly code: NackCode;
  readonly detail: string | null;
}

interface StoredOp {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly fingerprint: string;
}

function prepareStatements(database: Database) {
  const { query } = database;
  const value = (name: string) => sql.placeholder(name);
  const isRefusal = and(
    eq(rejectedOps.room, value("room")),
    eq(rejectedOps.id, value("id")),
    eq(rejectedOps.by, value("by")),
  );
  const isEvent = and(eq(events.room, value("room")), eq(events.id, value("id")));
  const isMessage = and(eq(messages.room, value("room")), eq(messages.id, value("id")));
  return {
    findRejection: compile<StoredRefusal>(
      database,
      query
        .select({ code: rejectedOps.code, detail: rejectedOps.detail })
        .from(rejectedOps)
        .where(isRefusal),
    ),
    findEvent: compile<StoredOp>(
      database,
      query
        .select({ seq: events.seq, at: events.at, by: events.by, fingerprint: events.fingerprint })
        .from(events)
        .where(isEvent),
    ),
    findMessage: compile<StoredOp>(
      database,
      query
        .select({
          seq: messages.seq,
          at: messages.at,
          by: messages.by,
          fingerprint: messages.fingerprint,
        })
        .from(messages)
        .where(isMessage),
    ),
  };
}
