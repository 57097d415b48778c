import { and, eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { messages } from "../tables/schema.js";
import type { Change } from "../write.js";
import type { ApplyChange } from "./change-outcome.js";
import { prepareFindTarget } from "./find-target.js";

type Pin = Extract<Change, { type: "pin" | "unpin" }>;

/** `pin` and `unpin`: a message is among the pinned ones, or is not. */
export function preparePinMessage(query: BetterSQLite3Database): ApplyChange<Pin> {
  const findTarget = prepareFindTarget(query);
  const update = query
    .update(messages)
    .set({ pinnedAt: sql`${value("pinnedAt")}`, rev: sql`${value("seq")}` })
    .where(and(eq(messages.room, value("room")), eq(messages.id, value("id"))))
    .prepare();
  return ({ type, target: id }, { room, seq, at }) => {
    const target = findTarget(room, id);
    if (target?.deletedAt !== null) return { code: "target_gone" };
    update.run({ room, id, seq, pinnedAt: type === "pin" ? at : null });
    return { payload: JSON.stringify({ target: id }) };
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
