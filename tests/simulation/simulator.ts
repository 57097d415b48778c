import { BrowserNode } from "./browser-node.js";
import { ClientNode } from "./client-node.js";
import { checkFinalState } from "./final-checker.js";
import { Haunting } from "./haunting.js";
import { Person } from "./person.js";
import { RegisterChecker } from "./register-checker.js";
import { ServerDisk } from "./server-disk.js";
import { ServerNode } from "./server-node.js";
import { World, type RunOptions } from "./world.js";

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

/**
 * Runs one seed: trouble, healing, rest, comparison. Never throws; a broken promise is in `error`.
 */
export function runSeed(seed: string, options: RunOptions): Run {
  const disk = new ServerDisk();
  const world = new World(seed, disk, options);
  const rooms = Array.from({ length: world.swarm.rooms }, (_, index) => `room-${String(index)}`);
  const server = new ServerNode(world, disk, ["room-*"]);
  const clients = makeClients(world, server);
  const people = clients.map((client) => new Person(world, client, rooms));
  const haunting = new Haunting(world, server, disk, clients, rooms);
  const registers = new RegisterChecker(world, disk, rooms);
  let error: Error | undefined;
  try {
    server.start();
    haunting.begin();
    for (const person of people) person.join();
    passInSlices(world, world.swarm.chaosMs, () => {
      registers.check();
    });
    haunting.end();
    for (const person of people) person.heal();
    const check = (): void => {
      checkFinalState(world, disk, clients, rooms);
    };
    restUntilSettled(world, check);
    world.pass(world.swarm.lingerMs);
    check();
  } catch (problem) {
    error = problem instanceof Error ? problem : new Error(String(problem));
  }
  for (const client of clients) client.chat.close();
  server.kill();
  const operations = rooms.reduce((sum, room) => sum + world.oracle.current(room).head, 0);
  disk.destroy();
  return {
    seed,
    world,
    operations,
    virtualMs: world.clock.monotonic(),
    ...(error === undefined ? {} : { error }),
  };
}

/** People with a browser each, and now and then a second tab in it. */
function makeClients(world: World, server: ServerNode): ClientNode[] {
  const { clients, hasReader, sharedBrowserChance } = world.swarm;
  const random = world.random.fork("browsers");
  const nodes: ClientNode[] = [];
  for (let index = 0; index < clients; index += 1) {
    const isReader = hasReader && index === clients - 1;
    const before = nodes.at(-1)?.browser;
    const isShared = random.chance(sharedBrowserChance) && !isReader;
    if (before !== undefined && isShared) {
      nodes.push(new ClientNode(world, server, before, `${before.userId}.${String(index)}`));
    } else {
      const userId = isReader ? "reader" : `p${String(index)}`;
      const browser = new BrowserNode(world, userId, random.fork(userId));
      nodes.push(new ClientNode(world, server, browser, userId));
    }
  }
  world.people = [...new Set(nodes.map((node) => node.userId))];
  return nodes;
}

function passInSlices(world: World, ms: number, check: () => void): void {
  for (let passed = 0; passed < ms; passed += SLICE_MS) {
    world.pass(Math.min(SLICE_MS, ms - passed));
    check();
  }
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
