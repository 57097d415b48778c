import type { TimelineItem } from "@confab/sdk";
import { html } from "lit";
import type { Translate } from "../../i18n/translate.js";
import type { ListRow } from "./row-list.js";

/**
 * The key of the message above which the line for new ones stands: the first by somebody else
 * after this seq. Never above the first message, where it would divide nothing.
 */
export function firstUnreadKey(
  items: readonly TimelineItem[],
  unreadAfter: number | undefined,
): string | undefined {
  if (unreadAfter === undefined) return undefined;
  const messages = items.filter((item) => item.kind === "message");
  const isUnread = ({ seq = 0, isOwn }: (typeof messages)[number]): boolean =>
    seq > unreadAfter && !isOwn;
  const first = messages.findIndex(isUnread);
  return first > 0 ? messages[first]?.key : undefined;
}

/** The line between what was read and what is new. */
export function unreadRow(translate: Translate): ListRow {
  const label = translate("list.unread");
  return {
    key: "unread",
    shown: [label],
    template: () =>
      html`<div class="unread" part="unread-divider" role="separator" aria-label=${label}>
        <span>${label}</span>
      </div>`,
  };
}
