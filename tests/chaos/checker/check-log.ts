import { chainOf, START_CHAIN } from "./chain-of.js";
import type { Problem } from "./problem.js";
import type { StoredEvent, StoredLog, StoredRoom } from "./stored-log.js";

/** Every log by itself: no hole, no repetition, the chain of its ids, time that never goes back. */
export function checkLog(log: StoredLog): Problem[] {
  return [...log.values()].flatMap((room) => [...problemsOf(room)]);
}

function* problemsOf(room: StoredRoom): Iterable<Problem> {
  const ids = new Set<string>();
  let [seq, count, chain, at] = [0, 0, START_CHAIN, 0];
  for (const event of room.events) {
    const where = `${room.id} ${String(event.seq)}`;
    seq += 1;
    chain = chainOf(chain, event.id);
    if (isCounted(event)) count += 1;
    if (event.seq !== seq) yield wrong(`${where}: a hole, ${String(seq)} is missing`);
    if (ids.has(event.id)) yield { type: "doubled", text: `${where}: ${event.id} again` };
    if (event.chain !== chain) yield wrong(`${where}: chain ${event.chain} instead of ${chain}`);
    if (event.count !== count) yield wrong(`${where}: count ${String(event.count)}`);
    if (event.at < at) yield wrong(`${where}: time goes back`);
    ids.add(event.id);
    [seq, chain, at] = [event.seq, event.chain, event.at];
  }
  if (room.head !== seq || room.chain !== chain || room.count !== count) {
    yield wrong(`${room.id}: the room says ${String(room.head)}, its log ${String(seq)}`);
  }
}

/** A reply that is only in its thread is not among the messages of the room. [L2] */
function isCounted({ kind, fields }: StoredEvent): boolean {
  return kind === "msg" && (fields["thread"] === undefined || fields["inRoom"] === true);
}

function wrong(text: string): Problem {
  return { type: "wrong", text };
}
