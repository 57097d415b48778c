import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { messages, versions } from "../tables/schema.js";
import type { Change } from "../write.js";
import type { ApplyChange, ChangeOutcome } from "./change-outcome.js";
import { prepareFindTarget, type Target } from "./find-target.js";
import { prepareMentionList } from "./mention-list.js";

type Edit = Extract<Change, { type: "edit" }>;

/** `edit`: other words; what was said before is kept as a version. [O10] */
export function prepareEditMessage(query: BetterSQLite3Database): ApplyChange<Edit> {
  const findTarget = prepareFindTarget(query);
  const mentions = prepareMentionList(query);
  const keepVersion = prepareKeepVersion(query);
  const update = prepareUpdate(query);
  return (change, { room, seq, at }) => {
    const { target: id, body } = change;
    const target = findTarget(room, id);
    if (target?.deletedAt !== null) return { code: "target_gone" };
    const problem = problemOf(change, target);
    if (problem !== undefined) return problem;
    const saidAt = target.editedAt ?? target.at;
    keepVersion.run({ room, message: id, seq, at: saidAt, body: target.body });
    const mentioned = change.mentions.length === 0 ? undefined : change.mentions;
    update.run({ room, id, seq, at, body, mentions: mentioned ? JSON.stringify(mentioned) : null });
    mentions.remove(room, target.seq, target.mentions);
    mentions.add(room, target.seq, change.mentions);
    return { payload: JSON.stringify({ target: id, body, mentions: mentioned }) };
  };
}

function problemOf({ mustBeBy, mustBeSince }: Edit, target: Target): ChangeOutcome | undefined {
  if (target.by !== mustBeBy) return { code: "forbidden" };
  return target.at < mustBeSince ? { code: "edit_window" } : undefined;
}

function prepareKeepVersion(query: BetterSQLite3Database) {
  return query
    .insert(versions)
    .values({
      room: value("room"),
      message: value("message"),
      seq: value("seq"),
      at: value("at"),
      body: value("body"),
    })
    .prepare();
}

function prepareUpdate(query: BetterSQLite3Database) {
  return query
    .update(messages)
    .set({
      body: sql`${value("body")}`,
      mentions: sql`${value("mentions")}`,
      editedAt: sql`${value("at")}`,
      rev: sql`${value("seq")}`,
    })
    .where(and(eq(messages.room, value("room")), eq(messages.id, value("id"))))
    .prepare();
}

function value(name: string) {
  return sql.placeholder(name);
}
