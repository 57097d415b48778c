import { html, type TemplateResult } from "lit";
import type { Translate } from "../../i18n/translate.js";

/** Widths of the skeleton's lines in the rhythm of real messages: short, long, medium. */
const SKELETON_LINES = ["short", "long", "medium", "short", "medium", "long"] as const;

/** What stands at the older end of the list. */
export type HistoryEdge = "start" | "loading" | "more" | "failed" | "none";

/** Grey shapes where messages will be; a screen reader hears one sentence instead. */
export function skeleton(translate: Translate): TemplateResult {
  return html`<p class="visually-hidden" role="status">${translate("room.loading")}</p>
    <div class="skeleton" part="skeleton" aria-hidden="true">
      ${SKELETON_LINES.map(
        (line) =>
          html`<div class="bone-row">
            <span class="bone circle"></span
            ><span class="bones"
              ><span class="bone name"></span><span class=${`bone ${line}`}></span
            ></span>
          </div>`,
      )}
    </div>`;
}

/** A room nobody has written in yet. */
export function emptyRoom(translate: Translate): TemplateResult {
  return html`<div class="empty" part="empty" role="status">
    <slot name="empty">
      <strong>${translate("room.empty.title")}</strong>
      <span>${translate("room.empty.body")}</span>
    </slot>
  </div>`;
}

/** The row above the oldest message: always of one height, so that its change moves nothing. */
export function historyEdge(
  edge: HistoryEdge,
  roomName: string,
  translate: Translate,
  load: () => void,
): TemplateResult | undefined {
  if (edge === "none") return undefined;
  if (edge === "start") {
    return html`<div class="history-start" part="history-start">
      <slot name="history-start">${translate("list.history.start", { room: roomName })}</slot>
    </div>`;
  }
  if (edge === "loading") {
    return html`<div class="loader" part="loader">
      <span class="spinner" aria-hidden="true"></span>
      <span class="visually-hidden">${translate("list.history.loading")}</span>
    </div>`;
  }
  const isFailed = edge === "failed";
  return html`<div class="loader" part="loader">
    ${isFailed ? html`<span>${translate("list.history.error")}</span>` : undefined}
    <button type="button" class="link-button" @click=${load}>
      ${translate(isFailed ? "room.error.retry" : "list.history.load")}
    </button>
  </div>`;
}
