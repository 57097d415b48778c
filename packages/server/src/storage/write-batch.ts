import { EMPTY_CHAIN, nextChain, type NackCode } from "@confab/sdk/protocol";
import type { Database } from "./database.js";
import { prepareWriteStatements, type RoomHead, type WriteStatements } from "./write-statements.js";
import type { Write, WriteOutcome } from "./write.js";

type AppendWrite = Extract<Write, { type: "append" }>;
type RefuseWrite = Extract<Write, { type: "refuse" }>;

/**
 * Commits a batch of writes, all or none. @throws whatever SQLite throws; then nothing of the batch
 * is stored.
 */
export type BatchWriter = (writes: readonly Write[]) => readonly WriteOutcome[];

/**
 * Makes the function that commits writes to this database: one transaction, taken for writing at
 * its start, so that looking for an earlier copy of an op and numbering it are one step. [O4]
 */
export function createBatchWriter({ handle, query }: Database): BatchWriter {
  const statements = prepareWriteStatements(query);
  const commit = handle.transaction((writes: readonly Write[]) => {
    const heads = new RoomHeads(statements);
    const outcomes = writes.map((write) => perform(write, statements, heads));
    heads.store();
    return outcomes;
  });
  return (writes) => commit.immediate(writes);
}

function perform(write: Write, statements: WriteStatements, heads: RoomHeads): WriteOutcome {
  if (write.type === "open-room") return openRoom(write, statements, heads);
  return findEarlierOutcome(write, statements) ?? performFirst(write, statements, heads);
}

function openRoom(
  { room, epoch, at }: Extract<Write, { type: "open-room" }>,
  statements: WriteStatements,
  heads: RoomHeads,
): WriteOutcome {
  statements.insertRoom.run({ ...room, epoch, chain: EMPTY_CHAIN, at });
  heads.forget(room.id);
  return { type: "opened", room: statements.findRoom.get({ id: room.id }) ?? room };
}

/**
 * An op has one outcome for ever: in the log with the same content, or refused. Somebody else's op
 * with this id is a conflict. [O4] [O5]
 */
function findEarlierOutcome(
  op: AppendWrite | RefuseWrite,
  statements: WriteStatements,
): WriteOutcome | undefined {
  const key = { room: op.room, id: op.id };
  const rejected = statements.findRejection.get({ ...key, by: op.by });
  if (rejected) return refusal(rejected.code as NackCode, rejected.detail ?? undefined);
  const stored = statements.findEvent.get(key);
  if (stored === undefined) return undefined;
  const isSame = stored.by === op.by && stored.fingerprint === op.fingerprint;
  if (!isSame) return { type: "refused", code: "conflict" };
  return { type: "duplicate", seq: stored.seq, at: stored.at };
}

function performFirst(
  op: AppendWrite | RefuseWrite,
  statements: WriteStatements,
  heads: RoomHeads,
): WriteOutcome {
  const head = heads.get(op.room);
  if (head === undefined) return { type: "refused", code: "not_found" };
  if (op.type === "append") return append(op, head, statements);
  const { room, id, by, at, code, detail } = op;
  statements.insertRejection.run({ room, id, by, at, code, detail: detail ?? null });
  return refusal(code, detail);
}

/**
 * Gives the event its place: the next seq, a time that never goes back, the count and the chain.
 * [L1] [L2] [L3]
 */
function append(op: AppendWrite, head: RoomHead, statements: WriteStatements): WriteOutcome {
  const { room, id, by, kind, fingerprint, payload, message } = op;
  head.head += 1;
  head.count += kind === "msg" ? 1 : 0;
  head.lastAt = Math.max(op.at, head.lastAt);
  head.chain = nextChain(head.chain, id);
  const place = { seq: head.head, at: head.lastAt, count: head.count };
  const { chain } = head;
  statements.insertEvent.run({ room, id, by, kind, fingerprint, payload, chain, ...place });
  if (message) statements.insertMessage.run({ room, id, by, ...place, ...message });
  return { type: "appended", chain, ...place };
}

function refusal(code: NackCode, detail: string | undefined): WriteOutcome {
  return detail === undefined ? { type: "refused", code } : { type: "refused", code, detail };
}

/** The ends of the logs a batch writes to: read once, written once, however many events it adds. */
class RoomHeads {
  readonly #statements: WriteStatements;
  readonly #heads = new Map<string, RoomHead>();

  constructor(statements: WriteStatements) {
    this.#statements = statements;
  }

  get(room: string): RoomHead | undefined {
    const known = this.#heads.get(room);
    if (known !== undefined) return known;
    const read = this.#statements.findHead.get({ id: room });
    if (read !== undefined) this.#heads.set(room, read);
    return read;
  }

  forget(room: string): void {
    const known = this.#heads.get(room);
    if (known !== undefined) this.#statements.updateHead.run({ id: room, ...known });
    this.#heads.delete(room);
  }

  store(): void {
    for (const [id, head] of this.#heads) this.#statements.updateHead.run({ id, ...head });
  }
}
