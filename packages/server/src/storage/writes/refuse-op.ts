import type { NackCode } from "@confab/sdk/protocol";
import { sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { rejectedOps } from "../tables/schema.js";
import type { WriteOutcome } from "../write.js";

/** An op, and why it is refused from now on. */
export interface RefusedOp {
  readonly room: string;
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly code: NackCode;
  readonly detail?: string;
}

/** Compiles the write that refuses an op for ever. [O5] */
export function prepareRefuseOp(query: BetterSQLite3Database): (op: RefusedOp) => WriteOutcome {
  const value = (name: string) => sql.placeholder(name);
  const insert = query
    .insert(rejectedOps)
    .values({
      room: value("room"),
      id: value("id"),
      by: value("by"),
      code: value("code"),
      detail: value("detail"),
      at: value("at"),
    })
    .prepare();
  return ({ room, id, by, at, code, detail }) => {
    insert.run({ room, id, by, at, code, detail: detail ?? null });
    return { type: "refused", code, ...(detail !== undefined && { detail }) };
  };
}
