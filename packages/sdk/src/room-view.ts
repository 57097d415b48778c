import { errorFromCode } from "./errors.js";
import type { RoomLogState } from "./log/room-log-step.js";
import type { RoomState } from "./room-state.js";

/** A room before anybody opened it. */
export const CLOSED_ROOM: RoomState = {
  status: "closed",
  capabilities: [],
  hasOlder: false,
  older: "idle",
};

/** What the application sees of a room's log. Returns `previous` when nothing of it changed. */
export function roomView(
  log: RoomLogState,
  older: RoomState["older"],
  previous: RoomState,
): RoomState {
  const code = log.status === "failed" ? (log.errorCode ?? "internal") : undefined;
  const known = previous.error?.details?.["code"] === code ? previous.error : undefined;
  const error = code === undefined ? undefined : (known ?? errorFromCode(code, "open the room"));
  const next: RoomState = {
    status: statusOf(log),
    ...(log.info === undefined ? {} : { info: log.info }),
    capabilities: log.capabilities,
    hasOlder: log.hasOlder,
    older,
    ...(error === undefined ? {} : { error }),
  };
  return isSame(previous, next) ? previous : next;
}

function statusOf(log: RoomLogState): RoomState["status"] {
  if (log.status === "closed" || log.status === "failed" || log.status === "live") {
    return log.status;
  }
  return log.cursor === undefined ? "loading" : "catching-up";
}

function isSame(left: RoomState, right: RoomState): boolean {
  return (
    left.status === right.status &&
    left.info === right.info &&
    left.capabilities === right.capabilities &&
    left.hasOlder === right.hasOlder &&
    left.older === right.older &&
    left.error === right.error
  );
}
