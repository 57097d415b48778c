import type { ReadableAtom } from "nanostores";
import type { ChatError } from "./errors.js";
import type { Operation } from "./operation.js";
import type { SendOptions } from "./op-options.js";
import type { TimelineItem, TimelineMessage } from "./timeline/timeline-item.js";

/** What is known of a thread besides its replies. */
export interface ThreadState {
  /**
   * `closed`: nobody follows it. `loading`: no reply known yet. `catching-up`: shown from memory,
   * not up to date. `live`: up to date, replies arrive as they happen. `failed`: see `error`.
   */
  readonly status: "closed" | "loading" | "catching-up" | "live" | "failed";
  /** The message it hangs on. */
  readonly root?: TimelineMessage;
  /** Whether older replies exist than the first one of the timeline. */
  readonly hasOlder: boolean;
  readonly older: "idle" | "loading" | "failed";
  readonly error?: ChatError;
}

/** The replies to one message. They have pages of their own, and the room's events. [L10] */
export interface Thread {
  /** Id of the message it hangs on. */
  readonly id: string;
  readonly $state: ReadableAtom<ThreadState>;
  readonly $timeline: ReadableAtom<readonly TimelineItem[]>;
  readonly $draft: ReadableAtom<string>;
  /** Follows the thread, and its room; each call needs its own `close()`. */
  open(): void;
  close(): void;
  /** Loads one older page; resolves when it is in the timeline. */
  loadOlder(): Promise<void>;
  /** Sends a reply; with `inRoom` it is shown in the room as well. Throws as `room.send` does. */
  send(body: string, options?: Omit<SendOptions, "thread">): Operation;
  /** Keeps what is being written; an empty text when it was sent. */
  setDraft(text: string): void;
}
