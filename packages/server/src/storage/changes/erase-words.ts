import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { events, versions } from "../tables/schema.js";

/** Takes the words of a message out of its events and its versions. */
export type EraseWords = (room: string, message: string, seq: number) => void;

/**
 * Compiles its statements. The events stay, `redacted`, so that numbers and chain hold; those that
 * are forgotten already have nothing to erase.
 */
export function prepareEraseWords(query: BetterSQLite3Database): EraseWords {
  const statements = prepareStatements(query);
  return (room, message, seq) => {
    const edits = statements.findEdits.all({ room, message });
    for (const said of [{ seq }, ...edits]) {
      const event = statements.findPayload.get({ room, seq: said.seq });
      if (event === undefined) continue;
      statements.replace.run({ room, seq: said.seq, payload: redact(event.payload) });
    }
    statements.removeVersions.run({ room, message });
  };
}

function redact(payload: string): string {
  const fields = JSON.parse(payload) as Record<string, unknown>;
  return JSON.stringify({
    ...fields,
    body: "",
    mentions: undefined,
    meta: undefined,
    redacted: true,
  });
}

function prepareStatements(query: BetterSQLite3Database) {
  const isEvent = and(eq(events.room, value("room")), eq(events.seq, value("seq")));
  const isOfMessage = and(eq(versions.room, value("room")), eq(versions.message, value("message")));
  return {
    // The seq of a version is that of the edit which replaced it.
    findEdits: query.select({ seq: versions.seq }).from(versions).where(isOfMessage).prepare(),
    removeVersions: query.delete(versions).where(isOfMessage).prepare(),
    findPayload: query.select({ payload: events.payload }).from(events).where(isEvent).prepare(),
    replace: query
      .update(events)
      .set({ payload: sql`${value("payload")}` })
      .where(isEvent)
      .prepare(),
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
