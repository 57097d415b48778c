import type { Authenticator } from "../auth/authenticator.js";
import type { OperationRunner } from "../operations/operation-runner.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { RoomReading } from "../reading/room-reading.js";
import type { RoomAccess } from "../rooms/room-access.js";
import type { RoomSync } from "../sync/room-sync.js";
import type { Log } from "../telemetry/log.js";
import type { GatewayLimits } from "./gateway-limits.js";

/** Everything the gateway works with. It knows no storage, no HTTP and no timers of its own. */
export interface GatewayParts {
  readonly authenticator: Authenticator;
  readonly rooms: RoomAccess;
  readonly operations: OperationRunner;
  readonly sync: RoomSync;
  readonly reading: RoomReading;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly limits: GatewayLimits;
}
