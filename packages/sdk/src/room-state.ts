import type { ChatError } from "./errors.js";
import type { Capability } from "./protocol/capabilities.js";
import type { RoomInfo } from "./protocol/model.js";
import type { Unread } from "./reading/reading-view.js";

/** What is known of a room besides its messages. */
export interface RoomState extends Unread {
  /**
   * `closed`: nobody follows it. `loading`: no message known yet. `catching-up`: shown from memory,
   * not yet caught up. `live`: caught up, events arrive as they happen. `failed`: the server
   * refused it; see `error`.
   */
  readonly status: "closed" | "loading" | "catching-up" | "live" | "failed";
  readonly info?: RoomInfo;
  readonly capabilities: readonly Capability[];
  /** Whether older messages exist than the first one of the timeline. */
  readonly hasOlder: boolean;
  readonly older: "idle" | "loading" | "failed";
  readonly error?: ChatError;
}
