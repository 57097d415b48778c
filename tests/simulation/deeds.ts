import type { TimelineMessage } from "@confab/sdk";
import type { SeededRandom } from "@confab/sdk/testing";
import type { ClientNode } from "./client-node.js";
import type { Deed } from "./swarm.js";
import type { World } from "./world.js";

const EMOJIS = ["👍", "🎉", ":shipit:"];
/** Now and then somebody touches what is not theirs, or is long gone: it must be refused. */
const STRANGE_CHANCE = 0.1;
/** Some like to talk where they look, and some dig in what others have not even loaded. */
const OPEN_THREAD_CHANCE = 0.5;
const OLD_CHANCE = 0.2;

/** Where something is done, and words nobody else uses. */
interface Occasion {
  readonly room: string;
  readonly words: string;
}

/** One thing a person does in a room, as this seed's people are. */
export function doSomething(
  world: World,
  client: ClientNode,
  random: SeededRandom,
  { room, words }: Occasion,
): void {
  const shown = client
    .room(room)
    .$timeline.get()
    .filter((item) => item.kind === "message");
  const deed = pickDeed(world, random);
  const target = pickTarget(client, random, shown, deed);
  if (deed === "read") return read(world, client, random, room, shown);
  if (deed === "type") {
    client.room(room).typing();
    return;
  }
  if (deed === "discard") return discard(world, client, random, room);
  if (deed === "retry") return retry(world, client, random, shown);
  if (target === undefined || deed === "say") return say(world, client, random, { room, words });
  change(client, random, { room, words }, deed, target);
}

function change(
  client: ClientNode,
  random: SeededRandom,
  { room, words }: Occasion,
  deed: Deed,
  { id: target }: TimelineMessage,
): void {
  const emoji = random.pick(EMOJIS);
  switch (deed) {
    case "answer":
      return client.send(room, words, { replyTo: target });
    case "reply":
      return client.send(room, words, { thread: target, inRoom: random.chance(0.3) });
    case "thread":
      return client.views.openThread(room, target);
    case "edit":
      return client.ask({ room, kind: deed, target, body: words }, (it) => it.edit(target, words));
    case "del":
      return client.ask({ room, kind: deed, target }, (it) => it.delete(target));
    case "react":
    case "unreact":
      return client.ask({ room, kind: deed, target, emoji }, (it) => it[deed](target, emoji));
    case "pin":
    case "unpin":
      return client.ask({ room, kind: deed, target }, (it) => it[deed](target));
    default:
  }
}

function say(
  world: World,
  client: ClientNode,
  random: SeededRandom,
  { room, words }: Occasion,
): void {
  const isMentioning = random.chance(0.2);
  const mentions = isMentioning ? [random.pick(world.people)] : undefined;
  client.send(room, words, { mentions });
}

function read(
  world: World,
  client: ClientNode,
  random: SeededRandom,
  room: string,
  shown: readonly TimelineMessage[],
): void {
  const seqs = shown.flatMap(({ seq }) => seq ?? []);
  if (seqs.length === 0) return;
  const seq = random.chance(0.6) ? Math.max(...seqs) : random.pick(seqs);
  client.room(room).markRead(seq);
  world.note(client.name, `has read ${room} up to ${String(seq)}`);
}

/** Gives up something that has no answer yet, or one that failed. */
export function discard(
  world: World,
  client: ClientNode,
  random: SeededRandom,
  room: string,
): void {
  const open = world.asked
    .of(client.life, room)
    .filter((op) => !op.isDiscarded && world.oracle.seqOf(room, op.id) === undefined);
  if (open.length > 0) client.discard(random.pick(open));
}

function retry(
  world: World,
  client: ClientNode,
  random: SeededRandom,
  shown: readonly TimelineMessage[],
): void {
  const failed = shown.filter(({ delivery }) => delivery.status === "failed");
  if (failed.length === 0) return;
  const op = world.asked.get(random.pick(failed).id);
  // With an edit that failed as well, its words would be sent: which ones is a matter of the SDK.
  const isEdited = world.asked.about(op?.id ?? "").some(({ kind }) => kind === "edit");
  if (op?.life === client.life && !isEdited) client.retry(op);
}

function pickDeed(world: World, random: SeededRandom): Deed {
  const { deeds } = world.swarm;
  let left = random.number() * deeds.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [deed, weight] of deeds) {
    left -= weight;
    if (left < 0) return deed;
  }
  return "say";
}

/** A message the deed makes sense for; rarely any other. */
function pickTarget(
  client: ClientNode,
  random: SeededRandom,
  shown: readonly TimelineMessage[],
  deed: Deed,
): TimelineMessage | undefined {
  const isStrange = random.chance(STRANGE_CHANCE);
  const fitting = shown.filter((item) => {
    if (isStrange) return true;
    if (item.deletedAt !== undefined || item.delivery.status === "failed") return false;
    if (deed === "edit" || deed === "del") return item.by === client.userId;
    return (deed !== "reply" && deed !== "thread") || item.thread === undefined;
  });
  const seen = client.views.threads.map(({ thread }) => thread.id);
  const looked = deed === "reply" ? fitting.filter(({ id }) => seen.includes(id)) : [];
  if (looked.length > 0 && random.chance(OPEN_THREAD_CHANCE)) return random.pick(looked);
  const near = random.chance(OLD_CHANCE) ? fitting : fitting.slice(-8);
  return near.length === 0 ? undefined : random.pick(near);
}
