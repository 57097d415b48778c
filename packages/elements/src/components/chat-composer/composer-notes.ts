import { html, nothing } from "lit";
import type { Translate } from "../../i18n/translate.js";
import { icons } from "../../styles/icons.js";

/** What the line under the field may have to say. */
export interface ComposerNotes {
  /** Why something did not happen; empty when nothing went wrong. */
  readonly reason: string;
  readonly disabled: boolean;
  /** Characters left until the limit; negative beyond it. */
  readonly left: number;
  /** Whether the limit is close enough to be told. */
  readonly isNear: boolean;
}

/** The most important thing to say under the field; often there is nothing. */
export function composerNotes(notes: ComposerNotes, translate: Translate): unknown {
  const { reason, disabled, left, isNear } = notes;
  if (reason !== "") return html`<span class="reason">${icons.alert}${reason}</span>`;
  if (disabled) return translate("cmp.disabled");
  if (left < 0) {
    const over = translate("cmp.over", { count: -left });
    return html`<span class="reason" part="counter">${icons.alert}${over}</span>`;
  }
  if (!isNear) return nothing;
  return html`<span part="counter">${translate("cmp.remaining", { count: left })}</span>`;
}
