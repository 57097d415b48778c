import { html, type TemplateResult } from "lit";
import type { Translate } from "../../i18n/translate.js";
import { icons } from "../../styles/icons.js";

/** Above the field while it holds a message that exists already, with the way out. */
export function editBar(translate: Translate, cancel: () => void): TemplateResult {
  const label = translate("cmp.cancel");
  return html`<div class="edit-bar" part="edit-bar">
    ${icons.edit}<span id="editing" class="edit-title">${translate("cmp.editing")}</span>
    <button type="button" class="cancel" aria-label=${label} title=${label} @click=${cancel}>
      ${icons.close}
    </button>
  </div>`;
}
