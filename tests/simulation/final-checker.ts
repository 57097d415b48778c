import type { AskedOp } from "./asked-op.js";
import type { ClientNode } from "./client-node.js";
import { lookOfRow, textOf } from "./expected-look.js";
import { lookOfItem } from "./item-look.js";
import type { ServerDisk } from "./server-disk.js";
import { demandFailed } from "./told-outcome.js";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/**
 * When trouble is over and time has passed, everybody must show the same end of every log, and
 * nothing may be waiting.
 */
export function checkFinalState(
  world: World,
  disk: ServerDisk,
  clients: readonly ClientNode[],
  rooms: readonly string[],
): void {
  for (const room of rooms) {
    world.oracle.refresh(room);
    for (const client of clients) {
      checkConvergence(world, client, room);
      checkFailures(world, client, room);
      checkReading(world, disk, client, room);
      checkCompany(world, client, room);
    }
  }
  for (const client of clients) checkThreads(world, client);
  checkOutcomes(world, clients);
  checkOwnOrder(world);
  checkErased(world, disk, rooms);
}

/** I7, and B4 between clients: the same messages at the same places, looking the same. */
function checkConvergence(world: World, client: ClientNode, room: string): void {
  const { name } = client;
  const { status } = client.chat.$connection.get();
  demand(status === "live", "I7", () => `${name} is ${status} long after the trouble`);
  const state = client.room(room).$state.get();
  demand(state.status === "live", "I7", () => `${name} has ${room} ${state.status}`);
  const { fold, events } = world.oracle.current(room);
  const shown = client.room(room).$timeline.get();
  const messages = shown.filter((item) => item.kind === "message");
  const stored = messages.filter((message) => message.seq !== undefined);
  const due = fold.shown.slice(-world.swarm.snapshotMaxMessages);
  const newest = stored.slice(-due.length || stored.length);
  demand(
    due.length === newest.length &&
      due.every((seq, index) => events[seq - 1]?.id === newest[index]?.id),
    "I7",
    () => `${name} shows ${room} up to ${newest.at(-1)?.seq ?? 0}, due is ${due.at(-1) ?? 0}`,
  );
  for (const message of stored) {
    const row = fold.row(message.id);
    const look = row === undefined ? "nothing" : textOf(lookOfRow(row));
    const there = textOf(lookOfItem(message, client.userId));
    demand(look === there, "I5", () => `${name} shows ${message.id} as ${there}, due is ${look}`);
  }
  demand(
    messages.every((message) => message.delivery.status !== "pending"),
    "I7",
    () => `${name} still has something waiting in ${room}`,
  );
}

/** I5 and I7 for threads: their own pages, kept by the events of the room. */
function checkThreads(world: World, client: ClientNode): void {
  for (const { room, thread } of client.views.threads) {
    const { fold } = world.oracle.current(room);
    const { status, root, error } = thread.$state.get();
    const message = fold.row(thread.id);
    // There is no thread on a message that was never sent, or is itself a reply.
    if (message === undefined || message.thread !== undefined) continue;
    const isMissed = status === "failed" && error?.code === "not_found";
    demand(!isMissed, "I7", () => `${client.name} misses a thread in ${room} that is there`);
    // What could not be loaded is tried again by looking at it again.
    if (status === "failed") thread.open();
    demand(status === "live", "I7", () => `${client.name} has a thread in ${room} ${status}`);
    const items = thread.$timeline.get().filter((item) => item.kind === "message");
    const stored = items.filter((item) => item.seq !== undefined);
    const due = fold.replies(thread.id).slice(-stored.length || Infinity);
    demand(
      stored.length === due.length && due.every((id, index) => stored[index]?.id === id),
      "I7",
      () => `${client.name} shows ${stored.length} of ${due.length} replies in ${room}`,
    );
    for (const item of [...stored, ...(root === undefined ? [] : [root])]) {
      const row = fold.row(item.id);
      const look = row === undefined ? "nothing" : textOf(lookOfRow(row));
      const there = textOf(lookOfItem(item, client.userId));
      demand(look === there, "I5", () => `${client.name}: thread ${there}, due is ${look}`);
    }
  }
}

/** B2: what was refused is still shown, with its reason, until somebody puts it away. */
function checkFailures(world: World, client: ClientNode, room: string): void {
  const shown = new Map(
    client
      .room(room)
      .$timeline.get()
      .map((item) => [item.key, item]),
  );
  for (const op of world.asked.of(client.life, room)) {
    const isRefused = (world.outcomes.get(op.id)?.nacks ?? 0) > 0;
    if (op.kind !== "msg" || !isRefused || op.isDiscarded) continue;
    if (op.thread !== undefined && op.isInRoom !== true) continue;
    const item = shown.get(op.id);
    const isFailed = item?.kind === "message" && item.delivery.status === "failed";
    demand(isFailed, "I9", () => `${client.name} does not see that ${op.id} failed`);
  }
}

/** I11, I16 and I30: the same numbers on every device, from the log and the register alone. */
function checkReading(world: World, disk: ServerDisk, client: ClientNode, room: string): void {
  const { fold } = world.oracle.current(room);
  const { name, userId } = client;
  const rows = [...fold.rows()].flatMap((id) => fold.row(id) ?? []);
  const own = Math.max(0, ...rows.filter((row) => row.by === userId).map((row) => row.seq));
  const readSeq = disk.positions(room).get(userId);
  demand((readSeq ?? 0) >= own, "I16", () => `${userId} wrote ${own} and read ${readSeq ?? 0}`);
  const isUnread = (seq: number): boolean => readSeq !== undefined && seq > readSeq;
  const mentions = rows.filter((row) => isUnread(row.seq) && row.mentions.includes(userId)).length;
  const unread = fold.shown.filter(isUnread).length;
  const state = client.room(room).$state.get();
  demand(state.unread === unread, "I11", () => `${name}: ${state.unread} unread, not ${unread}`);
  demand(
    state.mentions === mentions,
    "I11",
    () => `${name}: ${state.mentions} mentions, not ${mentions}`,
  );
  const listed = client.chat.$rooms.get().find((summary) => summary.id === room);
  const isMember = rows.some((row) => row.by === userId) || readSeq !== undefined;
  demand(!isMember || listed !== undefined, "I30", () => `${name} does not list ${room}`);
  // A restore may have made a stranger of somebody whose room is still listed.
  if (listed === undefined || !isMember) return;
  demand(listed.unread === unread, "I30", () => `${name} lists ${room} with ${listed.unread}`);
  const last = fold.row(world.oracle.current(room).at(fold.shown.at(-1) ?? 0)?.id ?? "");
  demand(listed.last?.id === last?.id, "I30", () => `${name} lists another last message`);
  demand(listed.last?.body === last?.body, "I30", () => `${name} lists other last words`);
}

/** I18 and I19: nobody types any more, and who follows the room is shown as present. */
function checkCompany(world: World, client: ClientNode, room: string): void {
  const typing = client.room(room).$typing.get();
  demand(typing.length === 0, "I18", () => `${client.name} still sees somebody type`);
  const present = client.room(room).$presence.get();
  const names = present.users.map(({ id }) => id).sort();
  const due = [...world.people].sort();
  demand(
    names.join() === due.join(),
    "I19",
    () => `${client.name} sees ${names.join()} in ${room}`,
  );
}

/** I1, I9 and I10: everything asked for has its one outcome, for ever. */
function checkOutcomes(world: World, clients: readonly ClientNode[]): void {
  for (const op of world.asked.all()) {
    const seq = world.oracle.seqOf(op.room, op.id);
    const { acks, nacks } = world.outcomes.get(op.id) ?? { acks: new Set<number>(), nacks: 0 };
    const isAcked = acks.size > 0;
    demand(!isAcked || acks.has(seq ?? 0), "I1", () => `acked ${op.id} is gone`);
    demand(nacks === 0 || seq === undefined, "I10", () => `nacked ${op.id} is in the log`);
    if (clients.some(({ life }) => life === op.life)) demandFailed(world, op);
    const mayBeNowhere = op.isDiscarded || op.isForgotten || world.oracle.lost.has(op.id);
    const isSettled = seq !== undefined || nacks > 0 || mayBeNowhere || isLeft(op, clients);
    demand(isSettled, "I9", () => `${op.by} asked for ${op.kind} ${op.id} and it is nowhere`);
  }
}

/**
 * What lies safely in a browser is sent by the next tab that can read it: here every tab that is
 * open found the storage broken when it came, and works without it to its end.
 */
function isLeft({ id }: AskedOp, clients: readonly ClientNode[]): boolean {
  const tabs = clients.filter(({ browser }) => browser.holds(id));
  return tabs.length > 0 && !tabs.some((tab) => tab.browser.isKeeping(tab));
}

/**
 * I6: the log has what one life of a tab asked for in that order, whoever sent it in the end. What
 * a backup took out of it may be sent again by a tab that had not heard, behind what came since.
 */
function checkOwnOrder({ asked, oracle }: World): void {
  for (const ops of asked.ofEachLife()) {
    const stayed = ops.filter(({ id }) => !oracle.lost.has(id));
    const seqs = stayed.flatMap(({ room, id }) => oracle.seqOf(room, id) ?? []);
    const isAscending = seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? 0));
    demand(isAscending, "I6", () => `ops of ${ops[0]?.life} in ${ops[0]?.room} are out of order`);
  }
}

/** I26: words that were deleted are nowhere. */
function checkErased(world: World, disk: ServerDisk, rooms: readonly string[]): void {
  let text: string | undefined;
  for (const room of rooms) {
    const { fold } = world.oracle.current(room);
    for (const id of fold.rows()) {
      if (fold.row(id)?.deletedAt === undefined) continue;
      text ??= disk.text();
      const words = new Set(fold.versions(id).map((version) => version.body));
      words.delete("");
      for (const word of words) {
        const isGone = !text.includes(word);
        demand(isGone, "I26", () => `"${word}" was deleted from ${room} and is still stored`);
      }
    }
  }
}
