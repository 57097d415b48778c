import type { TimelineMessage } from "@confab/sdk";
import { html, nothing, type TemplateResult } from "lit";
import { icons } from "../../styles/icons.js";
import type { RowActions, RowContext } from "./row-context.js";

/** One press away; every other emoji is further. */
const QUICK_REACTIONS = ["👍", "❤️", "😂"] as const;

/** One button: its name, what it shows, what it does. */
interface Tool {
  readonly label: string;
  readonly picture: unknown;
  readonly classes: string;
  readonly action: () => void;
  readonly pressed?: "true" | "false";
}

/** What one can do with a message, over its row; deleting asks first, in the same place. */
export function messageTools(
  message: TimelineMessage,
  context: RowContext,
  actions: RowActions,
): unknown {
  const { tools, canReact, canEdit, canDelete, translate } = context;
  if (tools === "none" || !(canReact || canEdit || canDelete)) return nothing;
  const isAsking = tools === "confirm";
  const question = translate("msg.delete.ask");
  return html`<div
    class="tools"
    part="actions"
    role="group"
    aria-label=${isAsking ? question : translate("msg.actions")}
  >
    ${
      isAsking
        ? html`<span class="question" aria-hidden="true">${question}</span
            >${answers(message, context, actions).map(button)}`
        : html`${choices(message, context, actions).map(button)}`
    }
  </div>`;

  function button({ label, picture, classes, action, pressed }: Tool): TemplateResult {
    return html`<button
      type="button"
      class=${classes}
      part="action-button"
      aria-label=${label}
      title=${picture === label ? nothing : label}
      aria-pressed=${pressed ?? nothing}
      tabindex=${context.linkTabIndex}
      @click=${action}
    >
      ${picture}
    </button>`;
  }
}

function choices(
  message: TimelineMessage,
  { canReact, canEdit, canDelete, translate }: RowContext,
  actions: RowActions,
): Tool[] {
  const tools: Tool[] = canReact
    ? QUICK_REACTIONS.map((emoji) => reaction(emoji, message, translate("msg.react", { emoji })))
    : [];
  const add = (label: string, picture: TemplateResult, action: () => void): void => {
    tools.push({ label, picture, classes: "tool", action });
  };
  if (canEdit) add(translate("msg.edit"), icons.edit, () => actions.edit(message));
  if (canDelete) add(translate("msg.delete"), icons.trash, () => actions.ask(message));
  return tools;

  function reaction(emoji: string, { reactions }: TimelineMessage, label: string): Tool {
    const isOwn = reactions?.some((each) => each.emoji === emoji && each.isOwn) ?? false;
    return {
      label,
      picture: html`<span class="glyph">${emoji}</span>`,
      classes: "tool",
      action: () => actions.react(message, emoji, !isOwn),
      pressed: isOwn ? "true" : "false",
    };
  }
}

/** The one that harms nobody comes first. */
function answers(message: TimelineMessage, { translate }: RowContext, actions: RowActions): Tool[] {
  const keep = translate("msg.delete.keep");
  const remove = translate("msg.delete");
  return [
    {
      label: keep,
      picture: keep,
      classes: "link-button keep",
      action: () => actions.keep(message),
    },
    {
      label: remove,
      picture: remove,
      classes: "link-button delete",
      action: () => actions.delete(message),
    },
  ];
}
