import { createMemoryDisk, type MemoryDisk } from "@confab/server/testing";
import { ClientNode } from "./client-node.js";
import { checkFinalState } from "./final-checker.js";
import type { LogReader, StoredEvent } from "./log-oracle.js";
import { Person } from "./person.js";
import { ServerNode } from "./server-node.js";
import type { Swarm } from "./swarm.js";
import { World } from "./world.js";

/** How long the server stays away after it was killed, at most. */
const RESTART_MAX_MS = 8_000;
/** Healed, everything must be at rest within this. */
const REST_MS = 180_000;
const SLICE_MS = 500;
/** Healed, the final state is looked at this often. */
const LOOK_EVERY_MS = 5_000;

/** What one seed came to. */
export interface Run {
  readonly seed: string;
  readonly world: World;
  readonly operations: number;
  readonly virtualMs: number;
  readonly error?: Error;
}

/** An empty database with all tables, made once: each seed starts from a copy. */
let emptyImage: Buffer | undefined;

/**
 * Runs one seed: trouble, healing, rest, comparison. Never throws; a broken promise is in `error`.
 */
export function runSeed(seed: string, options: { readonly keepsTrace: boolean }): Run {
  const disk = openEmptyDisk();
  const world = new World(seed, sqlReader(disk), options);
  const rooms = Array.from({ length: world.swarm.rooms }, (_, index) => `room-${String(index)}`);
  const server = new ServerNode(world, disk, ["room-*"]);
  const clients = Array.from(
    { length: world.swarm.clients },
    (_, index) => new ClientNode(world, server, nameOf(index, world.swarm)),
  );
  const people = clients.map((client) => new Person(world, client, rooms));
  let error: Error | undefined;
  try {
    server.start();
    haunt(world, server, clients);
    for (const person of people) person.join();
    passInSlices(world, world.swarm.chaosMs);
    if (!server.isUp) server.start();
    for (const person of people) person.heal();
    restUntilSettled(world, () => {
      checkFinalState(world, clients, rooms);
    });
  } catch (problem) {
    error = problem instanceof Error ? problem : new Error(String(problem));
  }
  for (const client of clients) client.chat.close();
  server.kill();
  return {
    seed,
    world,
    operations: rooms.reduce((sum, room) => sum + world.oracle.events(room).length, 0),
    virtualMs: world.clock.monotonic(),
    ...(error === undefined ? {} : { error }),
  };
}

function nameOf(index: number, { clients, hasReader }: Swarm): string {
  return hasReader && index === clients - 1 ? "reader" : `p${String(index)}`;
}

function passInSlices(world: World, ms: number): void {
  for (let passed = 0; passed < ms; passed += SLICE_MS) world.pass(Math.min(SLICE_MS, ms - passed));
}

/**
 * Everything must be at rest before the time is over; most seeds are long before, so it is looked
 * at again and again.
 */
function restUntilSettled(world: World, check: () => void): void {
  for (let passedMs = 0; ; passedMs += LOOK_EVERY_MS) {
    world.pass(LOOK_EVERY_MS);
    try {
      check();
      return;
    } catch (unsettled) {
      if (passedMs >= REST_MS) throw unsettled;
    }
  }
}

/** Kills the server now and then, and brings it back. */
function haunt(world: World, server: ServerNode, clients: readonly ClientNode[]): void {
  const random = world.random.fork("haunting");
  const { killServerChance, chaosMs } = world.swarm;
  const next = (): void => {
    world.clock.after(100, () => {
      if (world.clock.monotonic() > chaosMs) return;
      if (server.isUp && random.chance(killServerChance)) {
        server.kill();
        for (const client of clients) client.serverDied();
        world.clock.after(random.number() * RESTART_MAX_MS, () => {
          if (!server.isUp) server.start();
        });
      }
      next();
    });
  };
  next();
}

function openEmptyDisk(): MemoryDisk {
  emptyImage ??= createMemoryDisk().image();
  return createMemoryDisk(emptyImage);
}

function sqlReader(disk: MemoryDisk): LogReader {
  const sql = `SELECT seq, id, "by", at, count, json_extract(payload, '$.body') AS body
                 FROM events WHERE room = ? AND seq > ? ORDER BY seq`;
  return {
    read: (room, afterSeq) => disk.query(sql, room, afterSeq) as unknown as StoredEvent[],
  };
}
