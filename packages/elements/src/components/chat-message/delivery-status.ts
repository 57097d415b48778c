import type { TimelineMessage } from "@confab/sdk";
import { html, nothing } from "lit";
import type { TextKey } from "../../i18n/en.js";
import type { Translate } from "../../i18n/translate.js";
import { icons } from "../../styles/icons.js";
import { failureReason } from "../../format/failure-reason.js";
import type { RowActions, RowContext } from "./row-context.js";

/** Trying the same text again cannot help when the text itself was refused. */
const FINAL_FOR_THIS_TEXT = new Set<string>(["invalid", "too_large"]);

/**
 * The sign beside an own message: a clock while it takes long, a check in bubbles once it is
 * stored.
 */
export function deliveryIcon(message: TimelineMessage, context: RowContext): unknown {
  if (message.delivery.status === "pending" && context.pendingLabel !== "none") {
    return html`<span class="sign" part="status">${icons.clock}</span>`;
  }
  const isChecked = message.isOwn && message.isGroupEnd && context.layout === "bubbles";
  if (!isChecked || message.delivery.status !== "sent") return nothing;
  return html`<span class="sign" part="status">${icons.check}</span>`;
}

/** The same for a screen reader, which describes the message with it. */
export function deliveryText(message: TimelineMessage, context: RowContext): string {
  const { translate, pendingLabel } = context;
  if (message.delivery.status === "failed") return failure(message.delivery.error.code, translate);
  if (message.delivery.status === "sent") return message.isOwn ? translate("msg.sent") : "";
  if (pendingLabel === "none") return "";
  return translate(pendingLabel === "sending" ? "msg.sending" : "msg.failed.offline");
}

/**
 * The line under a message that needs its author: why it is not sent, and what can be done. Never
 * only on hover.
 */
export function deliveryLine(
  message: TimelineMessage,
  context: RowContext,
  actions: RowActions,
): unknown {
  const { translate } = context;
  if (message.delivery.status === "pending" && context.pendingLabel === "waiting") {
    return html`<div class="note" part="status" aria-hidden="true">
      ${translate("msg.waiting")}
    </div>`;
  }
  if (message.delivery.status !== "failed") return nothing;
  const { code } = message.delivery.error;
  return html`<div class="note failure" part="status">
    <span class="sign">${icons.alert}</span>
    <span aria-hidden="true">${failure(code, translate)}</span>
    <span class="choices" part="actions">
      ${
        FINAL_FOR_THIS_TEXT.has(code)
          ? nothing
          : choice("msg.retry", () => {
              actions.retry(message);
            })
      }
      ${choice("msg.discard", () => {
        actions.discard(message);
      })}
    </span>
  </div>`;

  function choice(label: TextKey, action: () => void): unknown {
    return html`<button type="button" class="link-button" part="action-button" @click=${action}>
      ${translate(label)}
    </button>`;
  }
}

function failure(code: string, translate: Translate): string {
  return translate("msg.failed.rejected", { reason: failureReason(code, translate) });
}
