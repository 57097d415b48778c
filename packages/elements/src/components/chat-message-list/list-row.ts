import type { TimelineDay, TimelineMessage } from "@confab/sdk";
import { html } from "lit";
import { dayLabel } from "../../format/day-label.js";
import type { Formatter } from "../../format/formatter.js";
import type { Translate } from "../../i18n/translate.js";
import { messageRow } from "../chat-message/message-row.js";
import type { RowActions, RowContext } from "../chat-message/row-context.js";
import type { ListRow } from "./row-list.js";

/** The line that names a day. */
export function dayRow(
  { key, day }: TimelineDay,
  today: string,
  translate: Translate,
  formatter: Formatter,
): ListRow {
  const label = dayLabel(day, today, translate, formatter);
  return {
    key,
    shown: [label],
    template: () =>
      html`<div class="day" part="day" role="separator" aria-label=${label}>
        <time datetime=${day}>${label}</time>
      </div>`,
  };
}

/**
 * A message of the list. Items keep their identity between two timelines, so an item that is the
 * same shows the same. A message that cannot be drawn takes its own row down and nothing else.
 */
export function listRow(
  item: TimelineMessage,
  context: RowContext,
  actions: RowActions,
  failed: (error: unknown) => void,
): ListRow {
  const shown: readonly unknown[] = Object.values(context);
  return {
    key: item.key,
    shown: [item, ...shown],
    template() {
      try {
        return messageRow(item, context, actions);
      } catch (error) {
        failed(error);
        return html`<div class="row unsupported" role="article" data-key=${item.key} tabindex="-1">
          ${context.translate("msg.unsupported")}
        </div>`;
      }
    },
  };
}
