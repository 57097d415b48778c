import type { TimelineDay, TimelineMessage } from "@confab/sdk";
import { html, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { dayLabel } from "../../format/day-label.js";
import type { Formatter } from "../../format/formatter.js";
import type { Translate } from "../../i18n/translate.js";
import { messageRow } from "../chat-message/message-row.js";
import type { RowContext } from "../chat-message/row-context.js";

/** The line that names a day. */
export function dayRow(
  item: TimelineDay,
  today: string,
  translate: Translate,
  formatter: Formatter,
): TemplateResult {
  const label = dayLabel(item.day, today, translate, formatter);
  return html`<div class="day" part="day" role="separator" aria-label=${label}>
    <time datetime=${item.day}>${label}</time>
  </div>`;
}

/**
 * A message of the list, drawn again only when something it shows has changed: items keep their
 * identity between two timelines. A message that cannot be drawn takes its own row down and
 * nothing else.
 */
export function listRow(
  item: TimelineMessage,
  context: RowContext,
  failed: (error: unknown) => void,
): unknown {
  return guard([item, ...shownOf(context)], () => {
    try {
      return messageRow(item, context);
    } catch (error) {
      failed(error);
      return html`<div class="row unsupported" role="article" data-key=${item.key} tabindex="-1">
        ${context.translate("msg.unsupported")}
      </div>`;
    }
  });
}

/** Everything of a context that is visible; the actions belong to the message. */
function shownOf(context: RowContext): unknown[] {
  return [
    context.layout,
    context.translate,
    context.formatter,
    context.headingLevel,
    context.hasAvatar,
    context.hasName,
    context.pendingLabel,
    context.tabIndex,
    context.linkTabIndex,
  ];
}
