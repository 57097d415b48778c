import type { TimelineMessage } from "@confab/sdk";
import type { Formatter } from "../../format/formatter.js";
import type { Translate } from "../../i18n/translate.js";

/** How messages are drawn: lines with an avatar, or bubbles that take turns. */
export type Layout = "flat" | "bubbles";

/**
 * How a pending message is labelled: not yet, with a clock, or with the reason it waits, which
 * `queued` only speaks and `waiting` shows too.
 */
export type PendingLabel = "none" | "sending" | "queued" | "waiting";

/** Everything a row shows besides its message. */
export interface RowContext {
  readonly layout: Layout;
  readonly translate: Translate;
  readonly formatter: Formatter;
  readonly headingLevel: number;
  readonly hasAvatar: boolean;
  /** Whether the author is named in bubbles; in a direct room there is nobody else. */
  readonly hasName: boolean;
  readonly pendingLabel: PendingLabel;
  readonly tabIndex: 0 | -1;
  /** Links and buttons join the tab order only inside the message the reader went into. */
  readonly linkTabIndex: 0 | -1;
  readonly tools: RowTools;
  readonly canReact: boolean;
  readonly canEdit: boolean;
  readonly canDelete: boolean;
}

/** What one can do with a message, shown on one row at a time; `confirm` asks before it deletes. */
export type RowTools = "none" | "shown" | "confirm";

/** Something done with one message. */
export type RowAction = (message: TimelineMessage) => void;

/** What can be done with a message. */
export interface RowActions {
  /** What was not sent of it, itself or a new text, is tried again or given up. */
  readonly retry: RowAction;
  readonly discard: RowAction;
  readonly react: (message: TimelineMessage, emoji: string, on: boolean) => void;
  readonly edit: RowAction;
  readonly delete: RowAction;
  /** Asks before it is deleted, or takes the question back. */
  readonly ask: RowAction;
  readonly keep: RowAction;
}
