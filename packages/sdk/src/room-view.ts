import type { RoomLogState } from "./log/room-log-step.js";
import type { ReadingState } from "./reading/reading-step.js";
import { readingView } from "./reading/reading-view.js";
import type { RoomState } from "./room-state.js";

/** A room before anybody opened it. */
export const CLOSED_ROOM: RoomState = {
  status: "closed",
  capabilities: [],
  hasOlder: false,
  older: "idle",
  unread: 0,
  mentions: 0,
};

/** What the application sees of a room's log. */
export function roomView(
  log: RoomLogState,
  older: RoomState["older"],
  reading: ReadingState,
): RoomState {
  const { info, capabilities, hasOlder, error } = log;
  return {
    status: statusOf(log),
    capabilities,
    hasOlder,
    older,
    ...readingView(reading),
    ...(info && { info }),
    ...(error && { error }),
  };
}

function statusOf({ status, cursor }: RoomLogState): RoomState["status"] {
  if (status === "closed" || status === "failed" || status === "live") return status;
  return cursor ? "catching-up" : "loading";
}
