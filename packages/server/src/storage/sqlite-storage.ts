import type { Done, Result } from "../platform/result.js";
import type { CommitExecutor } from "./commit-executor.js";
import { CommitQueue, type AtEndOfTurn } from "./commit-queue.js";
import type { Database } from "./database.js";
import { prepareFindRoom } from "./find-room.js";
import { LogReader } from "./reads/log-reader.js";
import { ReadingReader } from "./reads/reading-reader.js";
import { RowReader } from "./reads/row-reader.js";
import type { Storage } from "./storage.js";
import { createStorageWriter } from "./storage-writer.js";

/** What a storage is made of. The executor commits to the same database the reads see. */
export interface SqliteStorageParts {
  readonly database: Database;
  readonly executor: CommitExecutor;
  readonly atEndOfTurn: AtEndOfTurn;
}

/**
 * Rooms and logs in one SQLite database: reads on this thread, commits by the executor. The tables
 * must exist.
 */
export function createSqliteStorage({
  database,
  executor,
  atEndOfTurn,
}: SqliteStorageParts): Storage {
  const findRoom = prepareFindRoom(database.query);
  const queue = new CommitQueue(executor, atEndOfTurn);
  return {
    ...createStorageWriter(queue),
    ...createReads(database),
    findRoom: answering((roomId) => findRoom.get({ id: roomId })),
    check(done) {
      const read = attempt(() => findRoom.get({ id: "" }));
      if (!read.ok) done(read);
      else if (queue.lastFailure === undefined) done({ ok: true, value: undefined });
      // An empty batch shows whether commits work, once the last real one has failed.
      else queue.probe(done);
    },
    close(done) {
      queue.whenIdle(() => {
        executor.close(() => {
          database.handle.close();
          done();
        });
      });
    },
  };
}

function createReads(database: Database) {
  const log = new LogReader(database);
  const rows = new RowReader(database);
  const readings = new ReadingReader(database);
  return {
    position: answering(log.position.bind(log)),
    readEvents: answering(log.readEvents.bind(log)),
    snapshot: answering(rows.snapshot.bind(rows)),
    page: answering(rows.page.bind(rows)),
    thread: answering(rows.thread.bind(rows)),
    pins: answering(rows.pins.bind(rows)),
    message: answering(rows.message.bind(rows)),
    versions: answering(rows.versions.bind(rows)),
    reading: answering(readings.reading.bind(readings)),
    receipts: answering(readings.receipts.bind(readings)),
    roomsOf: answering(readings.roomsOf.bind(readings)),
    listed: answering(readings.listed.bind(readings)),
  };
}

/** A read whose answer, or failure, comes by callback. */
function answering<Asked extends readonly unknown[], Value>(
  read: (...asked: Asked) => Value,
): (...call: [...asked: Asked, done: Done<Value>]) => void {
  return (...call) => {
    const done = call[call.length - 1] as Done<Value>;
    done(attempt(() => read(...(call.slice(0, -1) as unknown as Asked))));
  };
}

function attempt<Value>(read: () => Value): Result<Value> {
  try {
    return { ok: true, value: read() };
  } catch (cause) {
    return { ok: false, cause };
  }
}
