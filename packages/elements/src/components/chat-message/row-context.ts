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
  /** Links join the tab order only inside the message the reader went into. */
  readonly linkTabIndex: 0 | -1;
}

/** What can be done with a message that was not sent. */
export interface RowActions {
  retry(message: TimelineMessage): void;
  discard(message: TimelineMessage): void;
}
