import type { TimelineMessage } from "@confab/sdk";
import { html, nothing, type TemplateResult } from "lit";
import type { TextKey } from "../../i18n/en.js";
import type { Translate } from "../../i18n/translate.js";
import { icons } from "../../styles/icons.js";
import { failureReason } from "../../format/failure-reason.js";
import type { RowAction, RowActions, RowContext } from "./row-context.js";

/** Trying the same text again cannot help when the text itself was refused. */
const FINAL_FOR_THIS_TEXT = new Set<string>(["invalid", "too_large", "edit_window", "target_gone"]);

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
  const problem = problemOf(message, translate);
  if (problem) return problem.text;
  const { delivery } = message;
  if (delivery.status !== "pending") return message.isOwn ? translate("msg.sent") : "";
  if (delivery.isCancelling) return translate("msg.cancelling");
  if (pendingLabel === "none") return "";
  return translate(pendingLabel === "sending" ? "msg.sending" : "msg.failed.offline");
}

/**
 * The line under a message that needs its author: why it or its new text is not sent, and what
 * can be done. Never only on hover.
 */
export function deliveryLine(
  message: TimelineMessage,
  context: RowContext,
  actions: RowActions,
): unknown {
  const { translate, pendingLabel } = context;
  const { delivery } = message;
  const problem = problemOf(message, translate);
  if (problem) {
    return note("note failure", problem.text, [
      FINAL_FOR_THIS_TEXT.has(problem.code) ? nothing : choice("msg.retry", actions.retry),
      choice("msg.discard", actions.discard),
    ]);
  }
  if (delivery.status !== "pending") return nothing;
  if (delivery.isCancelling) return note("note", translate("msg.cancelling"), nothing);
  if (pendingLabel !== "waiting") return nothing;
  return note("note", translate("msg.waiting"), choice("msg.cancel", actions.discard));

  function note(classes: string, text: string, choices: unknown): TemplateResult {
    return html`<div class=${classes} part="status">
      ${problem ? html`<span class="sign">${icons.alert}</span>` : nothing}
      <span aria-hidden="true">${text}</span>
      <span class="choices" part="actions">${choices}</span>
    </div>`;
  }

  function choice(label: TextKey, action: RowAction): TemplateResult {
    return html`<button
      type="button"
      class="link-button"
      part="action-button"
      @click=${() => {
        action(message);
      }}
    >
      ${translate(label)}
    </button>`;
  }
}

/** What went wrong with a message, or with the last change of its text. */
function problemOf(
  { delivery, failedEdit }: TimelineMessage,
  translate: Translate,
): { readonly code: string; readonly text: string } | undefined {
  const error = delivery.status === "failed" ? delivery.error : failedEdit?.error;
  if (!error) return undefined;
  const reason = failureReason(error.code, translate);
  const key = delivery.status === "failed" ? "msg.failed.rejected" : "msg.edit.failed";
  return { code: error.code, text: translate(key, { reason }) };
}
