import type { Result } from "../platform/result.js";
import type { CommitQueue } from "./commit-queue.js";
import type { AppendOutcome, Storage, StoredEvent } from "./storage.js";
import type { NewEvent, WriteOutcome } from "./write.js";

/** The writing half of a storage: everything that waits for a commit. */
export type StorageWriter = Pick<
  Storage,
  "openRoom" | "append" | "refuse" | "refuseUnseen" | "fence" | "markRead" | "forget"
>;

/** Events forgotten in one transaction: few enough that nobody has to wait for it. */
const FORGET_MAX_EVENTS = 1_000;

/** Hands every write to the queue, and tells its outcome in the words of the port. */
export function createStorageWriter(queue: CommitQueue): StorageWriter {
  return {
    openRoom(room, done) {
      queue.push({ type: "open-room", ...room }, (result) => {
        done(mapResult(result, (outcome) => expect("opened", outcome).room));
      });
    },
    append(view, event, done) {
      queue.push({ type: "append", room: view.room.id, ...event }, (result) => {
        done(mapResult(result, (outcome) => toAppendOutcome(view.room.id, event, outcome)));
      });
    },
    refuse(view, refusal, done) {
      queue.push({ type: "refuse", room: view.room.id, ...refusal }, (result) => {
        done(mapResult(result, toKnownOutcome));
      });
    },
    refuseUnseen(roomId, refusal, done) {
      queue.push({ type: "refuse", room: roomId, ...refusal }, (result) => {
        done(mapResult(result, toKnownOutcome));
      });
    },
    fence(view, op, done) {
      queue.push({ type: "fence", room: view.room.id, ...op }, (result) => {
        done(mapResult(result, toKnownOutcome));
      });
    },
    markRead(view, position, done) {
      queue.push({ type: "read", room: view.room.id, ...position }, (result) => {
        done(
          mapResult(result, (outcome) => {
            const { seq, count, isRaised } = expect("position", outcome);
            return { seq, count, isRaised };
          }),
        );
      });
    },
    forget(before, done) {
      queue.push({ type: "forget", before, maxEvents: FORGET_MAX_EVENTS }, (result) => {
        done(mapResult(result, (outcome) => expect("forgotten", outcome).isComplete));
      });
    },
  };
}

function toAppendOutcome(room: string, event: NewEvent, outcome: WriteOutcome): AppendOutcome {
  if (outcome.type !== "appended") return toKnownOutcome(outcome);
  const { id, by, change } = event;
  const { seq, at, count, chain, payload } = outcome;
  const stored: StoredEvent = { room, seq, id, by, at, kind: change.type, count, chain, payload };
  return { type: "appended", event: stored };
}

function toKnownOutcome(outcome: WriteOutcome): AppendOutcome {
  switch (outcome.type) {
    case "duplicate":
    case "refused":
      return outcome;
    default:
      throw new Error(`unable to tell the outcome of an op; the writer said ${outcome.type}`);
  }
}

function expect<Type extends WriteOutcome["type"]>(
  type: Type,
  outcome: WriteOutcome,
): Extract<WriteOutcome, { type: Type }> {
  if (outcome.type === type) return outcome as Extract<WriteOutcome, { type: Type }>;
  throw new Error(`unable to tell the outcome of a write; the writer said ${outcome.type}`);
}

function mapResult<From, To>(result: Result<From>, map: (value: From) => To): Result<To> {
  return result.ok ? { ok: true, value: map(result.value) } : result;
}
