import { EMPTY_CHAIN } from "@confab/sdk/protocol";
import { sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { prepareFindRoom } from "../find-room.js";
import { rooms } from "../tables/schema.js";
import type { NewRoom, WriteOutcome } from "../write.js";

/** Compiles the write that makes a room, unless it exists. */
export function prepareOpenRoom(query: BetterSQLite3Database): (write: NewRoom) => WriteOutcome {
  const value = (name: string) => sql.placeholder(name);
  const findRoom = prepareFindRoom(query);
  const insert = query
    .insert(rooms)
    .values({
      id: value("id"),
      kind: value("kind"),
      name: value("name"),
      epoch: value("epoch"),
      head: 0,
      count: 0,
      minSeq: 1,
      chain: EMPTY_CHAIN,
      lastAt: 0,
      createdAt: value("at"),
    })
    .onConflictDoNothing()
    .prepare();
  return ({ room, epoch, at }) => {
    insert.run({ ...room, epoch, at });
    return { type: "opened", room: findRoom.get({ id: room.id }) ?? room };
  };
}
