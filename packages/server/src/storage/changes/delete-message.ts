import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { messages, reactions, reactors } from "../tables/schema.js";
import type { Change } from "../write.js";
import type { ApplyChange } from "./change-outcome.js";
import { prepareEraseWords } from "./erase-words.js";
import { prepareFindTarget } from "./find-target.js";
import { prepareMentionList } from "./mention-list.js";

type Deletion = Extract<Change, { type: "del" }>;

/**
 * `del`: the row keeps its place and nothing of what was said; the words leave the log and the
 * versions too. A thread has one reply less. [O10]
 */
export function prepareDeleteMessage(query: BetterSQLite3Database): ApplyChange<Deletion> {
  const findTarget = prepareFindTarget(query);
  const mentions = prepareMentionList(query);
  const eraseWords = prepareEraseWords(query);
  const statements = prepareStatements(query);
  return ({ target: id, reason, mustBeBy }, { room, seq, at }) => {
    const target = findTarget(room, id);
    if (target?.deletedAt !== null) return { code: "target_gone" };
    if (mustBeBy !== undefined && target.by !== mustBeBy) return { code: "forbidden" };
    statements.bury.run({ room, id, seq, at });
    statements.removeReactors.run({ room, id });
    statements.removeReactions.run({ room, id });
    mentions.remove(room, target.seq, target.mentions);
    eraseWords(room, id, target.seq);
    if (target.thread !== null) statements.removeReply.run({ room, id: target.thread, seq });
    return { payload: JSON.stringify({ target: id, thread: target.thread ?? undefined, reason }) };
  };
}

function prepareStatements(query: BetterSQLite3Database) {
  const isMessage = and(eq(messages.room, value("room")), eq(messages.id, value("id")));
  return {
    bury: query
      .update(messages)
      .set({
        body: "",
        mentions: null,
        meta: null,
        editedAt: null,
        pinnedAt: null,
        deletedAt: sql`${value("at")}`,
        rev: sql`${value("seq")}`,
      })
      .where(isMessage)
      .prepare(),
    removeReply: query
      .update(messages)
      .set({ replyCount: sql`${messages.replyCount} - 1`, rev: sql`${value("seq")}` })
      .where(isMessage)
      .prepare(),
    removeReactors: query
      .delete(reactors)
      .where(and(eq(reactors.room, value("room")), eq(reactors.message, value("id"))))
      .prepare(),
    removeReactions: query
      .delete(reactions)
      .where(and(eq(reactions.room, value("room")), eq(reactions.message, value("id"))))
      .prepare(),
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
