import type { TimelineItem, TimelineMessage } from "@confab/sdk";
import type { TickController } from "../../controllers/tick-controller.js";
import { ChatErrorEvent } from "../../events/chat-error.js";
import type { RovingRows } from "../../controllers/roving-rows.js";
import type { RowToolsController } from "../../controllers/row-tools.js";
import type { Formatter } from "../../format/formatter.js";
import type { Translate } from "../../i18n/translate.js";
import type { RowActions, RowContext } from "../chat-message/row-context.js";
import { dayRow, listRow } from "./list-row.js";
import type { MessageListSettings } from "./message-list-settings.js";
import { pendingLabels, type PendingLabels } from "./pending-labels.js";
import type { ListRow } from "./row-list.js";
import { firstUnreadKey, unreadRow } from "./unread-divider.js";

/** What the rows of a list are made from, besides its settings. */
export interface RowSource {
  readonly shown: readonly TimelineItem[];
  readonly translate: Translate;
  readonly formatter: Formatter;
  readonly now: number;
  /** Draws the list again when the label of a pending message changes by time alone. */
  readonly pendingTick: TickController;
  readonly roving: RovingRows;
  readonly tools: RowToolsController;
  readonly actions: RowActions;
}

/** The rows in order: days, the line above what is new, messages. */
export function listRows(list: MessageListSettings, source: RowSource): ListRow[] {
  const { shown, translate, formatter, now, pendingTick, actions } = source;
  const messages = shown.filter((item) => item.kind === "message");
  const labels = pendingLabels(messages, now, list.offline ? "offline" : "live");
  pendingTick.in(labels.nextChangeMs);
  const contextOf = rowContexts(list, source, labels, messages);
  const today = formatter.dayOf(now);
  const unreadKey = firstUnreadKey(list.items, list.unreadAfter);
  return shown.flatMap((item) => {
    if (item.kind === "day") {
      return list.withoutDaySeparators ? [] : dayRow(item, today, translate, formatter);
    }
    const isFirstUnread = item.key === unreadKey;
    const message = isFirstUnread ? groupStart(item) : item;
    const row = listRow(message, contextOf(message), actions, (error) => {
      list.dispatchEvent(new ChatErrorEvent(error));
    });
    return isFirstUnread ? [unreadRow(translate), row] : row;
  });
}

/** Remembered, so that a row whose message is the same is not drawn again. */
const groupStarts = new WeakMap<TimelineMessage, TimelineMessage>();

/** Below the line somebody begins anew, with avatar and name. */
function groupStart(message: TimelineMessage): TimelineMessage {
  const known = groupStarts.get(message) ?? { ...message, isGroupStart: true };
  groupStarts.set(message, known);
  return known;
}

function rowContexts(
  list: MessageListSettings,
  { translate, formatter, now, roving, tools }: RowSource,
  labels: PendingLabels,
  messages: readonly TimelineMessage[],
): (message: TimelineMessage) => RowContext {
  const stop = roving.stopAmong(messages.map(({ key }) => key));
  const may = (capability: (typeof list.capabilities)[number]): boolean =>
    list.capabilities.includes(capability);
  return (message) => {
    const { key, isOwn } = message;
    const isChangeable = message.seq !== undefined && message.deletedAt === undefined;
    const shownTools = isChangeable ? tools.toolsOf(key) : "none";
    const hasTools = shownTools !== "none";
    const isYoung = now - message.at < list.editWindowMs;
    return {
      layout: list.layout,
      translate,
      formatter,
      headingLevel: list.headingLevel,
      hasAvatar: !list.withoutAvatars,
      hasName: !list.withoutNames,
      pendingLabel: labels.labelOf(message),
      tabIndex: key === stop ? 0 : -1,
      linkTabIndex: key === roving.insideKey ? 0 : -1,
      tools: shownTools,
      canReact: isChangeable && may("msg.react"),
      canEdit: hasTools && isOwn && isYoung && may("msg.edit.own"),
      canDelete: hasTools && (may("msg.delete.any") || (isOwn && may("msg.delete.own"))),
    };
  };
}
