import type { ReadableAtom } from "nanostores";
import type { Operation } from "./operation.js";
import type { RoomPresence } from "./presence/presence.machine.js";
import type { Person } from "./presence/person.js";
import type { DeleteOptions, EditOptions, SendOptions } from "./op-options.js";
import type { MessageRow } from "./protocol/model.js";
import type { RoomState } from "./room-state.js";
import type { Thread } from "./thread.js";
import type { TimelineItem } from "./timeline/timeline-item.js";

/**
 * One room as the application uses it. The same object for the same id, for the life of the chat.
 */
export interface Room {
  readonly id: string;
  readonly $state: ReadableAtom<RoomState>;
  readonly $timeline: ReadableAtom<readonly TimelineItem[]>;
  /** How far the others have read: seq by user id; empty where that is not told. [R3] */
  readonly $receipts: ReadableAtom<ReadonlyMap<string, number>>;
  /** Who else types now; nobody while the room is not live. [P1] */
  readonly $typing: ReadableAtom<readonly Person[]>;
  /** Who is here now; nobody while the room is not live. [P2] */
  readonly $presence: ReadableAtom<RoomPresence>;
  /** What was written here and not sent: the same in all tabs, and kept. */
  readonly $draft: ReadableAtom<string>;
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
   * Replaces the words and mentions of an own message, also of one that is still on its way. This
   * and the following show their effect at once and take it back when they are refused; the id may
   * be of a message that is not in the timeline. They throw as `send` does. [B2] [O10]
   */
  edit(id: string, body: string, options?: EditOptions): Operation;
  /** Takes a message's words away for ever; its place remains. */
  delete(id: string, options?: DeleteOptions): Operation;
  react(id: string, emoji: string): Operation;
  unreact(id: string, emoji: string): Operation;
  pin(id: string): Operation;
  unpin(id: string): Operation;
  /**
   * Asks again for what a failed operation asked for, under a new id: a message, or an edit by the
   * id of its `failedEdit`. A message is sent with the words of its newest failed edit. Throws
   * `not_found` when it is not here, and `conflict` when it has not failed. [B2]
   */
  retry(id: string): Operation;
  /**
   * Gives up what failed or is not answered yet. If it may have reached the server only the server
   * can tell whether it is too late: until then it is shown as `isCancelling`. The operation it
   * gives ends `failed` when it was taken back, or had failed before, and `acked` when it was too
   * late; none for what another tab sends. Nothing happens to what is already in the log. [O11]
   */
  discard(id: string): Operation | undefined;
  /** Keeps what is being written; an empty text when it was sent. */
  setDraft(text: string): void;
  /**
   * Loads one older page; resolves when it is in the timeline. One request at a time: a second call
   * joins the first.
   */
  loadOlder(): Promise<void>;
  /**
   * One message, wherever it is: from the timeline, or from the server. Rejects with a `ChatError`;
   * `not_found` also when it may not be seen.
   */
  message(id: string): Promise<MessageRow>;
  /**
   * The thread that hangs on a message: the same object for the same id. Throws `invalid` for an
   * impossible id.
   */
  thread(id: string): Thread;
  /** What is pinned now, ascending by seq. */
  loadPinned(): Promise<readonly MessageRow[]>;
  /**
   * Says that everything up to a seq was read; without one, everything there is. Nothing else
   * counts as reading. It never goes back, and is sent within a second, or a second after there is
   * a line. Throws `invalid` for something that is no seq. [R1]
   */
  markRead(seq?: number): void;
  /** Says that I type: call it at each change of the text. Does nothing without a line. [P1] */
  typing(): void;
}
