import { eq, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { Database } from "./database.js";
import { instance } from "./tables/schema.js";
import type { CommittedBatch, Write, WriteOutcome } from "./write.js";
import { prepareAppendEvent } from "./writes/append-event.js";
import { prepareEarlierOutcome } from "./writes/earlier-outcome.js";
import { prepareForgetOld } from "./writes/forget-old.js";
import { prepareOpenRoom } from "./writes/open-room.js";
import { prepareRaisePosition } from "./writes/raise-position.js";
import { prepareRefuseOp } from "./writes/refuse-op.js";
import { prepareRoomHeads, type RoomHeads } from "./writes/room-heads.js";

/**
 * Commits a batch of writes, all or none. @throws whatever SQLite throws; then nothing of the batch
 * is stored.
 */
export type BatchWriter = (writes: readonly Write[]) => CommittedBatch;

/**
 * Makes the function that commits writes to this database: one transaction, taken for writing at
 * its start, so that looking for an earlier copy of an op and numbering it are one step. [O4]
 */
export function createBatchWriter(database: Database): BatchWriter {
  const { handle, query } = database;
  const heads = prepareRoomHeads(query);
  const perform = preparePerform(database, heads);
  const countCommit = prepareCountCommit(query);
  const commit = handle.transaction((writes: readonly Write[]): CommittedBatch => {
    heads.forget();
    const outcomes = writes.map(perform);
    heads.store();
    return { outcomes, commits: countCommit.all()[0]?.commits ?? 0 };
  });
  return (writes) => commit.immediate(writes);
}

function preparePerform(database: Database, heads: RoomHeads): (write: Write) => WriteOutcome {
  const { query } = database;
  const openRoom = prepareOpenRoom(query);
  const findEarlierOutcome = prepareEarlierOutcome(database);
  const appendEvent = prepareAppendEvent(database, heads);
  const refuseOp = prepareRefuseOp(query);
  const raisePosition = prepareRaisePosition(database, heads);
  const forgetOld = prepareForgetOld(query);
  return (write) => {
    switch (write.type) {
      case "open-room":
        return openRoom(write);
      case "append":
        return findEarlierOutcome(write) ?? appendEvent(write);
      case "refuse":
        return findEarlierOutcome(write) ?? refuseOp(write);
      case "fence":
        return findEarlierOutcome(write) ?? refuseOp({ ...write, code: "cancelled" });
      case "read":
        return raisePosition(write);
      case "forget":
        return forgetOld(write);
    }
  };
}

/** Every batch is counted, an empty one too, so that a copy of the file is known as older. [L3] */
function prepareCountCommit(query: BetterSQLite3Database) {
  return query
    .update(instance)
    .set({ commits: sql`${instance.commits} + 1` })
    .where(eq(instance.id, 1))
    .returning({ commits: instance.commits })
    .prepare();
}
