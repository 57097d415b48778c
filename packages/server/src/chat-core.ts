import { LIMITS } from "@confab/sdk/protocol";
import type { AccessRules } from "./auth/authorize.js";
import type { Authenticator } from "./auth/authenticator.js";
import { Gateway } from "./gateway/gateway.js";
import { Polling } from "./gateway/polling.js";
import { GATEWAY_LIMITS, type GatewayLimits } from "./gateway/gateway-limits.js";
import { OperationRunner } from "./operations/operation-runner.js";
import type { Clock } from "./platform/clock.js";
import type { Random } from "./platform/random.js";
import { RoomReading } from "./reading/room-reading.js";
import { RoomAccess } from "./rooms/room-access.js";
import { makeRoomRules } from "./rooms/room-rules.js";
import type { Storage } from "./storage/storage.js";
import { RoomSync, type SyncLimits } from "./sync/room-sync.js";
import type { Log } from "./telemetry/log.js";

/** What the core is made of. All that differs between a server and a simulation comes in here. */
export interface ChatCoreParts {
  readonly storage: Storage;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Ids and patterns of rooms, as in `CONFAB_ROOMS`. */
  readonly rooms: readonly string[];
  readonly access: AccessRules;
  readonly limits?: Partial<GatewayLimits>;
  readonly syncLimits?: Partial<SyncLimits>;
}

/**
 * The chat itself: connections, rooms and history. No sockets, no HTTP, no threads, no timers, no
 * promises.
 */
export interface ChatCore {
  readonly gateway: Gateway;
  readonly polling: Polling;
  readonly rooms: RoomAccess;
  readonly sync: RoomSync;
}

/** A snapshot is cut to this size, so that it fits into a send queue beside everything else. */
const SNAPSHOT_MAX_BYTES = 262_144;

/**
 * How much is sent at once: PROTOCOL [L4], and reads small enough to leave the event loop to
 * others.
 */
export const SYNC_LIMITS: SyncLimits = {
  replayMaxEvents: LIMITS.replayMaxEvents,
  replayMaxBytes: LIMITS.replayMaxBytes,
  snapshot: { maxMessages: LIMITS.pageMessages, maxBytes: SNAPSHOT_MAX_BYTES },
  chunkMaxEvents: 100,
  chunkMaxBytes: 65_536,
};

/** Wires the core. Rooms that exist from the start are made by `rooms.openListed`. */
export function createChatCore(parts: ChatCoreParts): ChatCore {
  const { storage, authenticator, clock, random, log, access } = parts;
  const rules = makeRoomRules(parts.rooms);
  const rooms = new RoomAccess({ storage, rules, access, clock, random });
  const sync = new RoomSync(storage, { ...SYNC_LIMITS, ...parts.syncLimits });
  const reading = new RoomReading({ storage, clock });
  const operations = new OperationRunner({ storage, rooms, clock });
  const limits = { ...GATEWAY_LIMITS, ...parts.limits };
  const gateway = new Gateway({
    authenticator,
    rooms,
    operations,
    sync,
    reading,
    clock,
    random,
    log,
    limits,
  });
  const polling = new Polling({ gateway, clock, random, maxBytes: limits.pollMaxBytes });
  return { gateway, polling, rooms, sync };
}
