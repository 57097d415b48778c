import { nextChain } from "@confab/sdk/protocol";
import { sql } from "drizzle-orm";
import { prepareApplyChange } from "../changes/apply-change.js";
import type { EventPlace } from "../changes/change-outcome.js";
import type { Database } from "../database.js";
import { events } from "../tables/schema.js";
import type { Write, WriteOutcome } from "../write.js";
import { compile } from "./compile.js";
import { prepareMembership } from "./membership.js";
import { prepareRefuseOp } from "./refuse-op.js";
import type { RoomHead, RoomHeads } from "./room-heads.js";

type AppendWrite = Extract<Write, { type: "append" }>;

/** Compiles the write that stores an event, or refuses it for ever where its change cannot be. */
export function prepareAppendEvent(
  database: Database,
  heads: RoomHeads,
): (op: AppendWrite) => WriteOutcome {
  const applyChange = prepareApplyChange(database);
  const refuse = prepareRefuseOp(database.query);
  const insertEvent = prepareInsertEvent(database);
  const membership = prepareMembership(database);

  function join(place: EventPlace, kind: string): void {
    const actor = { room: place.room, user: place.by, at: place.at };
    if (kind === "msg") membership.raise(actor, place);
    else membership.add(actor);
  }

  return (op) => {
    const head = heads.get(op.room);
    if (head === undefined) return refuse({ ...op, code: "not_found" });
    const place = nextPlace(op, head);
    const outcome = applyChange(op.change, place);
    if ("code" in outcome) return refuse({ ...op, ...outcome });
    const { payload } = outcome;
    const kind = op.change.type;
    const chain = moveHead(head, op, place);
    const { room, id, by, fingerprint, seq, at, count } = place;
    insertEvent.run({ room, seq, id, by, at, kind, count, chain, fingerprint, payload });
    join(place, kind);
    return { type: "appended", seq, at, count, chain, payload };
  };
}

/** The next seq, a time that never goes back, and the messages shown up to there. [L1] [L2] */
function nextPlace(op: AppendWrite, head: RoomHead): EventPlace {
  const { room, id, by, fingerprint } = op;
  const at = Math.max(op.at, head.lastAt);
  const count = head.count + (isShown(op) ? 1 : 0);
  return { room, id, by, fingerprint, seq: head.head + 1, at, count };
}

/** Moves the head onto the event, and returns the chain there. [L3] */
function moveHead(head: RoomHead, op: AppendWrite, { seq, at, count }: EventPlace): string {
  head.head = seq;
  head.count = count;
  head.lastAt = at;
  if (isShown(op)) head.lastMessageAt = at;
  head.chain = nextChain(head.chain, op.id);
  return head.chain;
}

function isShown({ change }: AppendWrite): boolean {
  return change.type === "msg" && change.isInRoom;
}

function prepareInsertEvent(database: Database) {
  const value = (name: string) => sql.placeholder(name);
  const built = database.query.insert(events).values({
    room: value("room"),
    seq: value("seq"),
    id: value("id"),
    by: value("by"),
    at: value("at"),
    kind: value("kind"),
    count: value("count"),
    chain: value("chain"),
    fingerprint: value("fingerprint"),
    payload: value("payload"),
  });
  return compile(database, built);
}
