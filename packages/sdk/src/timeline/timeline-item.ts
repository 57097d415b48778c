import type { ChatError } from "../errors.js";
import type { Author, Format, Reaction, Replies } from "../protocol/model.js";

/** How far a message of ours has come. Messages of others are always `sent`. */
export type Delivery =
  /**
   * Not answered yet; `since` is when it was sent, so that the view may label it "Sending" after a
   * while. With `isCancelling` it was discarded, and the server has not said yet whether it is too
   * late. [O8] [O11]
   */
  | {
      readonly status: "pending";
      readonly since: number;
      readonly isCancelling?: true;
      /** It is sent by another tab of this browser. */
      readonly tab?: "other";
    }
  /** In the log. */
  | { readonly status: "sent" }
  /** Refused, never stored; the text is kept for retry or discard. [B2] */
  | { readonly status: "failed"; readonly error: ChatError; readonly tab?: "other" };

/** Who reacted with one emoji: how many, and the first 20 of them. */
export interface TimelineReaction extends Reaction {
  readonly isOwn: boolean;
}

/** New words that were refused: retry or discard them by this id. [B2] */
export interface FailedEdit {
  readonly id: string;
  readonly body: string;
  readonly error: ChatError;
}

/**
 * A message as shown. It keeps `key` from the moment of sending for ever, so a row settles in
 * place. [O1] [B3]
 */
export interface TimelineMessage {
  readonly kind: "message";
  readonly key: string;
  readonly id: string;
  /** Place in the log; absent while pending or failed. */
  readonly seq?: number;
  readonly by: string;
  readonly author: Author;
  readonly isOwn: boolean;
  /** Server time when sent, local time before. */
  readonly at: number;
  readonly body: string;
  readonly format: Format;
  readonly delivery: Delivery;
  /** The message this one answers. */
  readonly replyTo?: string;
  /** Root of the thread it is a reply in; with `inRoom` it is shown in the room as well. */
  readonly thread?: string;
  readonly inRoom?: true;
  /** Of the thread that hangs on it: replies that are not deleted, and the seq of the last. */
  readonly replies?: Replies;
  readonly mentions?: readonly string[];
  readonly isMentioned?: true;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly reactions?: readonly TimelineReaction[];
  readonly editedAt?: number;
  /** Its words are gone and its body is empty. */
  readonly deletedAt?: number;
  readonly isPinned?: true;
  /** A change of ours shows already and is not answered yet. [B2] */
  readonly change?: "pending";
  readonly failedEdit?: FailedEdit;
  /** First and last of a run by one author, close in time, on one day. */
  readonly isGroupStart: boolean;
  readonly isGroupEnd: boolean;
}

/** The local calendar day of the messages below it, as `2026-11-20`. */
export interface TimelineDay {
  readonly kind: "day";
  readonly key: string;
  readonly day: string;
}

/** One line of a timeline. Unchanged items keep their object identity between two timelines. */
export type TimelineItem = TimelineMessage | TimelineDay;
