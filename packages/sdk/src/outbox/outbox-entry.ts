import type { ChatError } from "../errors.js";
import type { FenceOp, OpFrame } from "../protocol/operations.js";

/** What may be asked for: everything but the fence, which only takes an op's place. */
export type AskedOp = Exclude<OpFrame, FenceOp>;

/** What an op is made of, fixed before its first attempt. [O1] */
export interface OutboxDraft {
  readonly id: string;
  readonly room: string;
  /** The encoded frame: every attempt sends exactly these bytes. [O1] */
  readonly frame: string;
  /** UTF-8 size of the frame. */
  readonly bytes: number;
  /** What the frame says. */
  readonly op: AskedOp;
  /** Unix milliseconds of this machine when it was asked for. */
  readonly since: number;
  /** The same moment by the server's clock, as far as it is known; for display. */
  readonly at: number;
}

/** Where an entry stands. There is no state for "taking long": that is a label of the view. [O8] */
export type OutboxProgress =
  /** To be sent on this connection or the next. */
  | { readonly status: "queued" }
  /** Handed to the socket of this connection. */
  | { readonly status: "sent" }
  /** In the log at `seq`; shown from here until the room's cursor gets there. [B3] */
  | { readonly status: "acked"; readonly seq: number; readonly at: number }
  /** Refused for ever; the text is kept. [B2] */
  | { readonly status: "failed"; readonly error: ChatError };

/** Why a fence takes the place of an op: somebody does not want it any more, or it is too old. */
export type FenceReason = "cancelled" | "expired";

/** One op of the outbox. */
export interface OutboxEntry extends OutboxDraft {
  readonly progress: OutboxProgress;
  /**
   * It was handed to some socket, or may be by somebody else, so its outcome is the server's to
   * tell. [O11]
   */
  readonly wasSent: boolean;
  /** A fence is sent in its place, and why. [O11] */
  readonly fence?: FenceReason;
  /** Its record says that it may have been handed to a socket. */
  readonly isMarked: boolean;
  /** Writes of its record that are not done. It is not sent before they are. [B1] */
  readonly writesOwed: number;
  /**
   * It is as it was when a connection ended. If it was settled, a room that has caught up since
   * holds it or has lost it.
   */
  readonly isOld: boolean;
  /** Connections that ended over a message too large while this was the first unanswered op. */
  readonly strikes: number;
  /** It is the affair of another tab of this browser, and only shown here. */
  readonly tab?: "other";
}

/** Whether the server still owes an answer, or has not been asked. */
export function isUnanswered(entry: OutboxEntry): boolean {
  return entry.progress.status === "queued" || entry.progress.status === "sent";
}
