import type { ConnectionState, Me, RoomState } from "@confab/sdk";
import { html, nothing, type TemplateResult } from "lit";
import { initials } from "../../format/initials.js";
import { memberHue } from "../../format/member-hue.js";
import type { Translate } from "../../i18n/translate.js";

/** What the head of a room shows. */
export interface RoomHead {
  readonly roomId: string;
  readonly title: string;
  readonly headingLevel: number;
  readonly connection: ConnectionState | undefined;
  readonly me: Me | undefined;
}

/** The head: the room's circle and name, and who one is here or how far the connection is. */
export function roomHeader(head: RoomHead, translate: Translate): TemplateResult {
  return html`<header part="header">
    <slot name="header">
      <span class="avatar hue-${memberHue(head.roomId)}" part="avatar" aria-hidden="true"
        >${initials(head.title)}</span
      >
      <div class="titles">
        <div class="title" part="title" role="heading" aria-level=${head.headingLevel}>
          <bdi>${head.title}</bdi>
        </div>
        ${subtitle(head, translate)}
      </div>
      <slot name="header-actions"></slot>
    </slot>
  </header>`;
}

function subtitle({ connection, me }: RoomHead, translate: Translate): unknown {
  if (!connection || connection.status === "idle") return nothing;
  const isLive = connection.status === "live";
  const text = isLive
    ? me && translate("room.as", { name: me.name })
    : translate(connection.status === "connecting" ? "conn.connecting" : "conn.short");
  if (!text) return nothing;
  return html`<div class="subtitle" part="subtitle">
    <span class=${isLive ? "dot live" : "dot"}></span><span class="subtitle-text">${text}</span>
  </div>`;
}

/** A room the server does not show. */
export function roomFailure(
  state: RoomState,
  translate: Translate,
  retry: () => void,
): TemplateResult {
  const isHidden = state.error?.code === "not_found" || state.error?.code === "forbidden";
  return html`<div class="panel" part="error" role="alert">
    <slot name="error">
      <strong>${translate("room.error.title")}</strong>
      <span>${translate(isHidden ? "room.error.missing" : "room.error.body")}</span>
    </slot>
    <button type="button" class="button quiet" @click=${retry}>
      ${translate("room.error.retry")}
    </button>
  </div>`;
}

/** Help for whoever writes the page; visitors of a published page see an empty room instead. */
export function roomHelp(text: string): TemplateResult {
  const isLocal = /^(localhost|127\.|\[::1\]|.*\.localhost$)/u.test(location.hostname);
  return html`<div class="panel" part="error">${isLocal ? text : nothing}</div>`;
}
