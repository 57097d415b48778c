import type { ChatError } from "../errors.js";
import type { Author, Format } from "../protocol/model.js";

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
  | { readonly status: "failed"; readonly error: ChatError };

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
