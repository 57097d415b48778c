import type { MsgEvent } from "../protocol/events.js";
import type { ResetFrame, SyncedFrame } from "../protocol/handshake.js";
import type { ReadPosition, ReceiptFrame, RoomFrame } from "../protocol/reading.js";

/** A read position of mine that the server is to hear of. */
export interface ReadSlot extends ReadPosition {
  /** When it is to be said, in monotonic milliseconds; infinity once it was, on this line. */
  readonly sayAt: number;
}

/** What was known when the line was asked for; a log that was put back since never got that far. */
export interface PastReading {
  readonly own?: ReadPosition | undefined;
  readonly count: number;
  /** The furthest of all positions. */
  readonly seq: number;
}

/** Who has read how far in one room, and what that leaves unread for me. [R1] [R2] */
export interface ReadingState {
  readonly isLive: boolean;
  /** Life of the log the positions belong to; absent before the first snapshot. */
  readonly epoch?: string;
  /** Messages of the room. */
  readonly count: number;
  /** Shown until this line has told how the room stands; absent from then on. */
  readonly past?: PastReading | undefined;
  /** My register, as the server last told it on this line; absent while I have none. */
  readonly own?: ReadPosition | undefined;
  /** What the server has not confirmed yet: one per room, the latest wins. [R1] */
  readonly slot?: ReadSlot | undefined;
  /** The same of another tab, which says it itself. */
  readonly mirror?: ReadPosition | undefined;
  /** Unread messages that mention me, when the head was `toldHead`. */
  readonly mentions: number;
  readonly toldHead: number;
  /** How far the others have read, by user. */
  readonly receipts: ReadonlyMap<string, number>;
}

/** What can happen to it. Frames of the log count only once the log has taken them. */
export type ReadingInput =
  | SyncedFrame
  | RoomFrame
  | ReceiptFrame
  | ResetFrame
  | MsgEvent
  /** The application says that everything up to there was read. */
  | { readonly t: "mark"; readonly position: ReadPosition }
  /** The room as it was told to an earlier life of this tab, or to another tab. */
  | { readonly t: "kept"; readonly frame: RoomFrame }
  /** A slot of an earlier life of this tab, or of a tab that is gone. */
  | { readonly t: "restored"; readonly position: ReadPosition }
  /** The slot of another tab. */
  | { readonly t: "mirrored"; readonly position: ReadPosition }
  /** A line is asked for: what it tells is of a later moment than everything known by now. */
  | { readonly t: "greeting" }
  | { readonly t: "connected" }
  | { readonly t: "disconnected" }
  | { readonly t: "tick" };

/** What the driver has to do, in order. */
export type ReadingEffect =
  /** Say `read` on the line. */
  | { readonly type: "say"; readonly seq: number }
  /** The slot is another one now: keep it, or forget it. [R1] */
  | { readonly type: "slot"; readonly position: ReadPosition | undefined };

/** What a step needs from outside: monotonic milliseconds, and my user id. */
export interface ReadingMoment {
  readonly now: number;
  readonly me: string;
}

/** State after a step, and what to do. */
export interface ReadingStep {
  readonly state: ReadingState;
  readonly effects: readonly ReadingEffect[];
}
