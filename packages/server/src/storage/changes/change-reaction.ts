import { LIMITS } from "@confab/sdk/protocol";
import { and, asc, count, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { messages, reactions, reactors } from "../tables/schema.js";
import type { Change } from "../write.js";
import type { ApplyChange } from "./change-outcome.js";
import { prepareFindTarget } from "./find-target.js";

type Reaction = Extract<Change, { type: "react" | "unreact" }>;

/** `react` and `unreact`: one person's reaction is there, or is not; never a toggle. */
export function prepareChangeReaction(query: BetterSQLite3Database): ApplyChange<Reaction> {
  const findTarget = prepareFindTarget(query);
  const statements = prepareStatements(query);

  function isTooMany(room: string, message: string): boolean {
    const kinds = statements.countKinds.get({ room, message })?.kinds ?? 0;
    return kinds >= LIMITS.reactionsMaxKinds;
  }

  return ({ type, target: message, emoji }, { room, by, seq }) => {
    const target = findTarget(room, message);
    if (target?.deletedAt !== null) return { code: "target_gone" };
    const key = { room, message, emoji };
    const before = statements.findCount.get(key)?.count ?? 0;
    const isNewKind = type === "react" && before === 0;
    if (isNewKind && isTooMany(room, message)) return { code: "too_large", detail: "reactions" };
    let total = before;
    let next: string | undefined;
    if (type === "react") {
      total += statements.addReactor.run({ ...key, user: by, seq }).changes;
      statements.setCount.run({ ...key, count: total, seq });
    } else {
      const lastNamed = statements.findLastNamed.get(key);
      total -= statements.removeReactor.run({ ...key, user: by }).changes;
      const lastNow = lastNamed && statements.findLastNamed.get(key);
      if (lastNow?.user !== lastNamed?.user) next = lastNow?.user;
      if (total === 0) statements.removeKind.run(key);
      else statements.setCount.run({ ...key, count: total, seq });
    }
    statements.touch.run({ room, message, seq });
    return { payload: JSON.stringify({ target: message, emoji, total, next }) };
  };
}

function prepareStatements(query: BetterSQLite3Database) {
  const isOfMessage = and(
    eq(reactions.room, value("room")),
    eq(reactions.message, value("message")),
  );
  const isKind = and(isOfMessage, eq(reactions.emoji, value("emoji")));
  return {
    ...prepareReactorStatements(query),
    countKinds: query.select({ kinds: count() }).from(reactions).where(isOfMessage).prepare(),
    findCount: query.select({ count: reactions.count }).from(reactions).where(isKind).prepare(),
    setCount: query
      .insert(reactions)
      .values({
        room: value("room"),
        message: value("message"),
        emoji: value("emoji"),
        count: value("count"),
        seq: value("seq"),
      })
      .onConflictDoUpdate({
        target: [reactions.room, reactions.message, reactions.emoji],
        set: { count: sql`excluded.count` },
      })
      .prepare(),
    removeKind: query.delete(reactions).where(isKind).prepare(),
    touch: query
      .update(messages)
      .set({ rev: sql`${value("seq")}` })
      .where(and(eq(messages.room, value("room")), eq(messages.id, value("message"))))
      .prepare(),
  };
}

function prepareReactorStatements(query: BetterSQLite3Database) {
  const isOfKind = and(
    eq(reactors.room, value("room")),
    eq(reactors.message, value("message")),
    eq(reactors.emoji, value("emoji")),
  );
  return {
    /** The last of those whom the row names; nobody while there are fewer. */
    findLastNamed: query
      .select({ user: reactors.user })
      .from(reactors)
      .where(isOfKind)
      .orderBy(asc(reactors.seq))
      .limit(1)
      .offset(LIMITS.reactionMaxUsers - 1)
      .prepare(),
    addReactor: query
      .insert(reactors)
      .values({
        room: value("room"),
        message: value("message"),
        emoji: value("emoji"),
        user: value("user"),
        seq: value("seq"),
      })
      .onConflictDoNothing()
      .prepare(),
    removeReactor: query
      .delete(reactors)
      .where(and(isOfKind, eq(reactors.user, value("user"))))
      .prepare(),
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
