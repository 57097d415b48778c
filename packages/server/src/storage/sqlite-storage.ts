import type { Done, Result } from "../platform/result.js";
import type { CommitExecutor } from "./commit-executor.js";
import { CommitQueue, type AtEndOfTurn } from "./commit-queue.js";
import type { Database } from "./database.js";
import { RoomReader } from "./room-reader.js";
import type { AppendOutcome, Storage, StoredEvent } from "./storage.js";
import type { NewEvent, Write, WriteOutcome } from "./write.js";

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
  const reader = new RoomReader(database);
  const queue = new CommitQueue(executor, atEndOfTurn);

  return {
    findRoom(roomId, done) {
      done(attempt(() => reader.findRoom(roomId)));
    },
    openRoom(room, done) {
      queue.push({ type: "open-room", ...room }, (result) => {
        done(
          mapResult(result, (outcome) => (outcome.type === "opened" ? outcome.room : room.room)),
        );
      });
    },
    append(view, event, done) {
      const write: Write = { type: "append", room: view.room.id, ...event };
      queue.push(write, (result) => {
        done(mapResult(result, (outcome) => toAppendOutcome(view.room.id, event, outcome)));
      });
    },
    refuse(view, refusal, done) {
      const write: Write = { type: "refuse", room: view.room.id, ...refusal };
      queue.push(write, (result) => {
        done(mapResult(result, toKnownOutcome));
      });
    },
    position(view, seq, done) {
      done(attempt(() => reader.position(view, seq)));
    },
    snapshot(view, query, done) {
      done(attempt(() => reader.snapshot(view, query)));
    },
    readEvents(view, range, done) {
      done(attempt(() => reader.readEvents(view, range)));
    },
    page(view, query, done) {
      done(attempt(() => reader.page(view, query)));
    },
    check(done) {
      checkWorks(reader, queue, done);
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

/** An empty write shows whether commits work, once the last real one has failed. */
function checkWorks(reader: RoomReader, queue: CommitQueue, done: Done<undefined>): void {
  const read = attempt(() => reader.findRoom(""));
  if (!read.ok) done(read);
  else if (queue.lastFailure === undefined) done({ ok: true, value: undefined });
  else queue.probe(done);
}

function toAppendOutcome(room: string, event: NewEvent, outcome: WriteOutcome): AppendOutcome {
  if (outcome.type !== "appended") return toKnownOutcome(outcome);
  const { id, by, kind, payload } = event;
  const { seq, at, count, chain } = outcome;
  const stored: StoredEvent = { room, seq, id, by, at, kind, count, chain, payload };
  return { type: "appended", event: stored };
}

function toKnownOutcome(outcome: WriteOutcome): AppendOutcome {
  if (outcome.type === "duplicate" || outcome.type === "refused") return outcome;
  throw new Error(`unable to tell the outcome of an op; the writer said ${outcome.type}`);
}

function attempt<Value>(read: () => Value): Result<Value> {
  try {
    return { ok: true, value: read() };
  } catch (cause) {
    return { ok: false, cause };
  }
}

function mapResult<From, To>(result: Result<From>, map: (value: From) => To): Result<To> {
  return result.ok ? { ok: true, value: map(result.value) } : result;
}
