import { eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { RoomView } from "../../auth/room-view.js";
import type { LogPosition } from "../storage.js";
import { rooms } from "../tables/schema.js";

/** Where a log stands, as stored, and the chain before the first event that is kept. */
export interface StoredPosition extends LogPosition {
  readonly minChain: string;
}

/**
 * Looks up where the log of a view's room stands.
 *
 * @throws when the room is not in the database: a view of it was made, so it must be.
 */
export function prepareFindPosition(
  query: BetterSQLite3Database,
): (view: RoomView) => StoredPosition {
  const statement = query
    .select({
      epoch: rooms.epoch,
      minSeq: rooms.minSeq,
      minChain: rooms.minChain,
      head: rooms.head,
      count: rooms.count,
      chain: rooms.chain,
    })
    .from(rooms)
    .where(eq(rooms.id, sql.placeholder("id")))
    .prepare();
  return ({ room }) => {
    const position = statement.get({ id: room.id });
    if (position === undefined) throw new Error("unable to read a room; it is not stored");
    return position;
  };
}
