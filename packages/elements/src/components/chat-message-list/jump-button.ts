import { html, nothing, type TemplateResult } from "lit";
import type { Formatter } from "../../format/formatter.js";
import type { Translate } from "../../i18n/translate.js";
import { icons } from "../../styles/icons.js";

/** Whether the way back is shown, and how many new messages it leads to. */
export type JumpState = "hidden" | number;

const MAX_SHOWN_COUNT = 99;

/**
 * The pill that leads to the newest message. It stands after the list, so it is the next stop of
 * the Tab key.
 */
export function jumpButton(
  state: JumpState,
  translate: Translate,
  formatter: Formatter,
  jump: (event: MouseEvent) => void,
): TemplateResult | typeof nothing {
  if (state === "hidden") return nothing;
  if (state === 0) {
    const label = translate("list.jump.latest");
    return html`<button
      type="button"
      class="jump plain"
      part="jump-button"
      aria-label=${label}
      title=${label}
      @click=${jump}
    >
      ${icons.down}
    </button>`;
  }
  const shown = state > MAX_SHOWN_COUNT ? `${formatter.number(MAX_SHOWN_COUNT)}+` : undefined;
  const name = translate("list.jump.new", { count: state });
  const text = shown === undefined ? name : name.replace(String(state), shown);
  return html`<button
    type="button"
    class="jump"
    part="jump-button"
    aria-label=${name}
    @click=${jump}
  >
    ${text}${icons.down}
  </button>`;
}
