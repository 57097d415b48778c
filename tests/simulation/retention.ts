import type { ClientNode } from "./client-node.js";
import type { ServerDisk } from "./server-disk.js";
import type { World } from "./world.js";

/** Whoever heard an outcome this long ago never asks again, unless the op is still kept. */
const SETTLED_MS = 8_000;

/**
 * Up to which server time events and refusals may be forgotten: not so long that somebody still
 * asks for one of them. In the world this is the month that is longer than the week of an outbox;
 * here nobody has the time.
 */
export function forgettableBefore(
  world: World,
  disk: ServerDisk,
  rooms: readonly string[],
  clients: readonly ClientNode[],
): number {
  const settledAt = world.clock.monotonic() - SETTLED_MS;
  // What a log has not reached is kept although it has an outcome: the next life asks again.
  const kept = clients.map(({ browser }) => browser.text()).join();
  const isOwed = (id: string): boolean =>
    (world.heard.get(id) ?? Infinity) > settledAt || kept.includes(id);
  const events = rooms.flatMap((room) => world.oracle.current(room).events);
  // Messages are known for ever, also by whoever asks again after their events are forgotten.
  const owed = [
    ...events.filter(({ id, kind }) => kind !== "msg" && isOwed(id)),
    ...disk.refusals().filter(({ id }) => isOwed(id)),
  ];
  // What is committed meanwhile is not older than what each log ends with.
  const newest = rooms.map((room) => world.oracle.current(room).events.at(-1)?.at ?? 0);
  return Math.min(...owed.map(({ at }) => at), ...newest);
}
