import type { TimelineMessage } from "@confab/sdk";
import { html, nothing, type TemplateResult } from "lit";
import type { RowActions, RowContext } from "./row-context.js";

/** The reactions under a message, in the order they were first given; a press toggles one's own. */
export function reactionChips(
  message: TimelineMessage,
  context: RowContext,
  actions: RowActions,
): unknown {
  const { reactions = [] } = message;
  if (reactions.length === 0) return nothing;
  const { translate, canReact, linkTabIndex } = context;
  return html`<div
    class="reactions"
    part="reactions"
    role="group"
    aria-label=${translate("msg.reactions")}
  >
    ${reactions.map(chip)}
  </div>`;

  function chip({ emoji, count, isOwn }: (typeof reactions)[number]): TemplateResult {
    return html`<button
      type="button"
      class="chip"
      part="reaction"
      aria-pressed=${isOwn ? "true" : "false"}
      aria-label=${translate("msg.reaction", { emoji, count })}
      tabindex=${linkTabIndex}
      ?disabled=${!canReact}
      @click=${() => {
        actions.react(message, emoji, !isOwn);
      }}
    >
      <span class="glyph">${emoji}</span><span>${context.formatter.number(count)}</span>
    </button>`;
  }
}
