import type { TimelineMessage } from "@confab/sdk";
import { html, nothing, type TemplateResult } from "lit";
import { isEmojiOnly } from "../../format/emoji-only.js";
import { initials } from "../../format/initials.js";
import { memberHue } from "../../format/member-hue.js";
import { messageBody } from "../../format/message-body.js";
import { isoTime } from "../../platform/calendar.js";
import { deliveryIcon, deliveryLine, deliveryText } from "./delivery-status.js";
import { messageTools } from "./message-tools.js";
import { reactionChips } from "./reaction-chips.js";
import type { RowActions, RowContext } from "./row-context.js";

/**
 * One message as an article named by author, text and time. The list draws its rows with it
 * inside one shadow root, so that a selection across rows stays whole; `<chat-message>` draws one
 * by itself.
 */
export function messageRow(
  message: TimelineMessage,
  context: RowContext,
  actions: RowActions,
): TemplateResult {
  const flags = flagsOf(message);
  const id = `m-${message.key}`;
  const changed = message.editedAt === undefined ? "" : ` ${id}-e`;
  return html`<div
    role="article"
    id=${id}
    class=${rowClasses(message, context, flags)}
    part=${["message", ...flags.map((flag) => `message-${flag}`)].join(" ")}
    data-key=${message.key}
    tabindex=${context.tabIndex}
    aria-labelledby="${id}-n ${id}-b${changed} ${id}-t"
    aria-describedby=${`${id}-s`}
  >
    <div class="gutter">${gutter(message, context)}</div>
    <div class="main">
      ${head(message, context)}${bubble(message, context)}
      ${reactionChips(message, context, actions)}
      <span id=${`${id}-s`} class="visually-hidden">${deliveryText(message, context)}</span>
      ${deliveryLine(message, context, actions)}
    </div>
    ${messageTools(message, context, actions)}
  </div>`;
}

/** What is special about a message: classes for us, and parts for the page that styles it. */
function flagsOf(message: TimelineMessage): string[] {
  const flags: string[] = [message.delivery.status];
  if (message.isOwn) flags.push("own");
  if (message.isGroupStart) flags.push("first");
  if (message.isGroupEnd) flags.push("last");
  if (message.deletedAt !== undefined) flags.push("deleted");
  return flags;
}

function rowClasses(
  message: TimelineMessage,
  context: RowContext,
  flags: readonly string[],
): string {
  const classes = ["row", context.layout, `hue-${memberHue(message.by)}`, ...flags];
  if (!context.hasAvatar) classes.push("without-avatar");
  return classes.join(" ");
}

/**
 * Beside the text: the avatar at the head of a group (the foot in bubbles), else the time on
 * hover in flat layout.
 */
function gutter(message: TimelineMessage, context: RowContext): unknown {
  const isFlat = context.layout === "flat";
  const showsAvatar = isFlat ? message.isGroupStart : message.isGroupEnd && !message.isOwn;
  if (showsAvatar && context.hasAvatar) return avatar(message);
  return isFlat && !message.isGroupStart ? gutterTime(message, context) : nothing;
}

function avatar(message: TimelineMessage): TemplateResult {
  return html`<span class="avatar" part="avatar" aria-hidden="true"
    >${initials(message.author.name)}</span
  >`;
}

function head(message: TimelineMessage, context: RowContext): TemplateResult {
  const isFlat = context.layout === "flat";
  const isShown = message.isGroupStart && (isFlat || (context.hasName && !message.isOwn));
  return html`<div class=${isShown ? "head" : "visually-hidden"} part="message-head">
    <span
      id=${`m-${message.key}-n`}
      class="author"
      part="author"
      role="heading"
      aria-level=${context.headingLevel}
      >${authorName(message, context)}</span
    >${isShown ? kindBadge(message, context) : nothing}${
      isShown && isFlat ? time(message, context) : nothing
    }
  </div>`;
}

/** One's own name is shown like everybody's, and spoken as "You". */
function authorName(message: TimelineMessage, context: RowContext): TemplateResult {
  const name = html`<bdi>${message.author.name}</bdi>`;
  if (!message.isOwn) return name;
  return html`<span aria-hidden="true">${name}</span
    ><span class="visually-hidden">${context.translate("msg.you")}</span>`;
}

/** Guests and bots are marked from their identity, never from their name. */
function kindBadge(message: TimelineMessage, context: RowContext): unknown {
  const { kind } = message.author;
  if (kind !== "guest" && kind !== "bot") return nothing;
  return html`<span class="kind">${context.translate(`kind.${kind}`)}</span>`;
}

function bubble(message: TimelineMessage, context: RowContext): TemplateResult {
  const isDeleted = message.deletedAt !== undefined;
  const isEmoji = !isDeleted && isEmojiOnly(message.body);
  // The direction is that of the text, and must not turn the corners of the bubble around.
  return html`<div class=${isEmoji ? "bubble emoji" : "bubble"} part="bubble">
    <div class="text" dir="auto">
      <span id=${`m-${message.key}-b`} class="body" part="body"
        >${
          isDeleted
            ? context.translate("msg.deleted")
            : messageBody(message.body, context.linkTabIndex)
        }</span
      >${edited(message, context)}${signs(message, context)}
    </div>
  </div>`;
}

function signs(message: TimelineMessage, context: RowContext): unknown {
  return context.layout === "bubbles" ? meta(message, context) : deliveryIcon(message, context);
}

/** That the text was another one before; when it was changed, on demand. */
function edited({ key, editedAt }: TimelineMessage, context: RowContext): unknown {
  if (editedAt === undefined) return nothing;
  const title = context.formatter.dateTime(editedAt);
  return html` <span id=${`m-${key}-e`} class="edited" title=${title}
    >${context.translate("msg.edited")}</span
  >`;
}

function meta(message: TimelineMessage, context: RowContext): TemplateResult {
  return html`<span class="meta">${time(message, context)}${deliveryIcon(message, context)}</span>`;
}

/** The gutter has room for the clock; "PM" is only heard. */
function gutterTime(message: TimelineMessage, context: RowContext): TemplateResult {
  const { clock, period } = context.formatter.timeParts(message.at);
  const hidden = html`<span class="visually-hidden">${period}</span>`;
  return time(message, context, html`${clock}${period === "" ? nothing : hidden}`);
}

function time(
  message: TimelineMessage,
  context: RowContext,
  text: unknown = context.formatter.time(message.at),
): TemplateResult {
  return html`<time
    id=${`m-${message.key}-t`}
    part="time"
    dir="auto"
    datetime=${isoTime(message.at)}
    title=${context.formatter.dateTime(message.at)}
    >${text}</time
  >`;
}
