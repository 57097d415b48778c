import type { ChatError } from "../errors.js";
import type { Capability } from "../protocol/capabilities.js";
import type { EventFrame } from "../protocol/events.js";
import type { ReplayFrame, ResetFrame, SyncedFrame } from "../protocol/handshake.js";
import type { HistoryPage } from "../protocol/history.js";
import type { ErrorFrame } from "../protocol/liveness.js";
import type { Cursor } from "../protocol/ids.js";
import type { MessageRow, RoomInfo } from "../protocol/model.js";

/**
 * Where following a room stands. `offline`: wanted, no line. `awaiting`: asked, not answered; every
 * frame but the answer is dropped. `gapped`: an event is missing; nothing is applied until the room
 * is asked for again. [L6] [L7]
 */
export type RoomLogStatus =
  "closed" | "offline" | "awaiting" | "catching-up" | "live" | "gapped" | "failed";

/** What a client holds of one room's log. Times are of the monotonic clock, in milliseconds. */
export interface RoomLogState {
  readonly status: RoomLogStatus;
  /** Number of the newest subscription; 0 before the first. [L6] */
  readonly ref: number;
  /** Everything up to here is held; absent before the first snapshot. [L3] */
  readonly cursor?: Cursor;
  /**
   * Messages shown in the room, from the oldest loaded to the newest, ascending, without a hole.
   */
  readonly rows: readonly MessageRow[];
  readonly hasOlder: boolean;
  /** The last applied events, oldest first, to bring history pages up to date. [L10] */
  readonly ring: readonly EventFrame[];
  readonly info?: RoomInfo;
  readonly capabilities: readonly Capability[];
  /** When the room was last asked for again. [L7] */
  readonly askedAt: number;
  /** Head of the server's log as last told on this subscription. [L9] */
  readonly knownHead: number;
  /** Since when nothing has arrived while that head is ahead of the cursor. [L9] */
  readonly quietSince: number;
  /** Why the server refused the room. */
  readonly error?: ChatError | undefined;
}

/** What of a room outlives the page: enough to show it at once and to catch up. */
export interface KeptWindow {
  readonly cursor: Cursor;
  readonly rows: readonly MessageRow[];
  readonly hasOlder: boolean;
  readonly info?: RoomInfo;
  readonly capabilities: readonly Capability[];
}

/** What can happen to it: the frames of the room, and the rest. */
export type RoomLogInput =
  | ReplayFrame
  | ResetFrame
  | EventFrame
  | SyncedFrame
  /** The server refused the room. */
  | ErrorFrame
  /** What was kept of the room; taken only as long as nothing is known. */
  | { readonly t: "restored"; readonly window: KeptWindow }
  | { readonly t: "follow" }
  | { readonly t: "unfollow" }
  /** There is a line: ask for the room on it. */
  | { readonly t: "subscribe" }
  | { readonly t: "disconnected" }
  /** From a server's ping: the head of the log and its chain. [L9] */
  | { readonly t: "head"; readonly seq: number; readonly chain: string }
  /**
   * An older page, asked for with `before`; one that cannot be brought up to date changes nothing.
   * [L10]
   */
  | { readonly t: "page"; readonly page: HistoryPage; readonly before: number }
  | { readonly t: "tick" };

/** What the driver has to do, in order. */
export type RoomLogEffect =
  /** Ask for the room, from the cursor when there is one. */
  | { readonly type: "subscribe"; readonly ref: number; readonly cursor?: Cursor }
  | { readonly type: "unsubscribe" }
  /** The window was replaced. [L8] */
  | { readonly type: "discontinuity"; readonly why: string }
  /** The rows of a snapshot. */
  | { readonly type: "arrived"; readonly rows: readonly MessageRow[] }
  /** The next event was applied. */
  | { readonly type: "applied"; readonly event: EventFrame }
  /** On this connection the log was brought up to the server's. */
  | { readonly type: "caught-up" };

/** What a step needs from outside: monotonic milliseconds and a number no subscription had yet. */
export interface LogMoment {
  readonly now: number;
  readonly freshRef: number;
}

/** State after a step, and what to do. */
export interface RoomLogStep {
  readonly state: RoomLogState;
  readonly effects: readonly RoomLogEffect[];
}
