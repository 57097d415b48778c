import type { ReadableAtom } from "nanostores";
import type { Operation } from "./operation.js";
import type { Format } from "./protocol/model.js";
import type { RoomState } from "./room-state.js";
import type { TimelineItem } from "./timeline/timeline-item.js";

/** Options of `room.send`. */
export interface SendOptions {
  /** How the body is to be read; `text` unless said otherwise. */
  readonly format?: Format;
}

/**
 * One room as the application uses it. The same object for the same id, for the life of the chat.
 */
export interface Room {
  readonly id: string;
  readonly $state: ReadableAtom<RoomState>;
  readonly $timeline: ReadableAtom<readonly TimelineItem[]>;
  /** Follows the room; each call needs its own `close()`. */
  open(): void;
  /**
   * Takes one `open()` back. The last one stops following after a short grace, so that a remount
   * costs nothing.
   */
  close(): void;
  /**
   * Sends a message; it is in the timeline when this returns, also without a line, and also in a
   * room that nobody follows, where it disappears once it is in the log. Throws `invalid`,
   * `too_large`, `outbox_full`, or `closed`. [B1]
   */
  send(body: string, options?: SendOptions): Operation;
  /**
   * Sends the text of a failed message again under a new id. Throws `not_found` when it is not
   * here, and `conflict` when it has not failed. [B2]
   */
  retry(id: string): Operation;
  /**
   * Removes a message that failed, or that was never handed to a socket, from the timeline; nothing
   * happens when it is not there. Throws `conflict` when it may be in the log already. [O2]
   */
  discard(id: string): void;
  /**
   * Loads one older page; resolves when it is in the timeline. One request at a time: a second call
   * joins the first.
   */
  loadOlder(): Promise<void>;
}
