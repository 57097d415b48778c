import type { ClientNode } from "./client-node.js";
import type { World } from "./world.js";
import { demand } from "./violation.js";

/**
 * When trouble is over and time has passed, everybody must show the same end of every log, and
 * nothing may be waiting.
 */
export function checkFinalState(
  world: World,
  clients: readonly ClientNode[],
  rooms: readonly string[],
): void {
  for (const room of rooms) {
    world.oracle.refresh(room);
    for (const client of clients) {
      checkConvergence(world, client, room);
      if (client.mayWrite) {
        checkEverythingStored(world, client, room);
        checkOwnOrder(world, client, room);
      } else {
        checkEverythingRefused(client, room);
      }
    }
  }
  checkOutcomes(world, rooms);
}

/** I7, and B4 between clients: the same messages at the same places. */
function checkConvergence(world: World, client: ClientNode, room: string): void {
  const { status } = client.chat.$connection.get();
  demand(status === "live", "I7", () => `${client.userId} is ${status} long after the trouble`);
  const state = client.room(room).$state.get();
  demand(state.status === "live", "I7", () => `${client.userId} has ${room} ${state.status}`);
  const log = world.oracle.current(room).events;
  const shown = client
    .room(room)
    .$timeline.get()
    .filter((item) => item.kind === "message");
  const stored = shown.filter((message) => message.seq !== undefined);
  const due = log.slice(-world.swarm.snapshotMaxMessages);
  const newest = stored.slice(-due.length);
  demand(
    due.length === newest.length && due.every((event, index) => event.id === newest[index]?.id),
    "I7",
    () =>
      `${client.userId} shows ${room} up to ${newest.at(-1)?.seq ?? 0}, its head is ${log.length}`,
  );
  demand(
    shown.every((message) => message.delivery.status !== "pending"),
    "I7",
    () => `${client.userId} still has something waiting in ${room}`,
  );
}

/** I9: what this life of the client sent is in the log, once. */
function checkEverythingStored(world: World, client: ClientNode, room: string): void {
  for (const { id, body } of client.views.get(room)?.submitted ?? []) {
    const seq = world.oracle.seqOf(room, id);
    if (seq === undefined && world.oracle.lost.has(id)) continue;
    demand(
      seq !== undefined,
      "I9",
      () => `${client.userId} sent ${id} to ${room} and it is nowhere`,
    );
    demand(
      world.oracle.at(room, seq)?.payload["body"] === body,
      "I9",
      () => `${id} has another text in the log`,
    );
  }
}

/** B2: what was refused is still shown, with its reason, until somebody puts it away. */
function checkEverythingRefused(client: ClientNode, room: string): void {
  const shown = new Map(
    client
      .room(room)
      .$timeline.get()
      .map((item) => [item.key, item]),
  );
  for (const { id, isDiscarded } of client.views.get(room)?.submitted ?? []) {
    const item = shown.get(id);
    const isFailed = item?.kind === "message" && item.delivery.status === "failed";
    demand(isDiscarded !== isFailed, "I9", () => `${client.userId} does not see that ${id} failed`);
  }
}

/** I6: the log has one client's messages in the order it sent them. */
function checkOwnOrder(world: World, client: ClientNode, room: string): void {
  const seqs = (client.views.get(room)?.submitted ?? []).flatMap(
    ({ id }) => world.oracle.seqOf(room, id) ?? [],
  );
  demand(
    seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? 0)),
    "I6",
    () => `${client.userId} finds its messages in ${room} out of order`,
  );
}

/** I1 and I10 once more at the end: acknowledged means stored, for ever; refused means never. */
function checkOutcomes(world: World, rooms: readonly string[]): void {
  for (const [id, { acks, nacks }] of world.outcomes) {
    const seq = rooms
      .map((room) => world.oracle.seqOf(room, id))
      .find((found) => found !== undefined);
    if (acks.size > 0)
      demand(seq !== undefined && acks.has(seq), "I1", () => `acked ${id} is gone`);
    if (nacks > 0) demand(seq === undefined, "I10", () => `nacked ${id} is in the log`);
  }
}
