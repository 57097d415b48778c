import { html, type TemplateResult } from "lit";

/**
 * The drawings of the elements, 18 by 18 with a stroke of 1.75. They say nothing to a screen
 * reader.
 */
export const icons = {
  send: drawing("M9 14.5V3.5M4.25 8.25 9 3.5l4.75 4.75"),
  down: drawing("M9 3.5v11M4.25 9.75 9 14.5l4.75-4.75"),
  clock: drawing("M9 5.25V9l2.5 1.5M15.5 9a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z"),
  check: drawing("m3.5 9.5 3.75 3.75L14.5 5.5"),
  close: drawing("m5 5 8 8M13 5l-8 8"),
  edit: drawing("m3.5 14.5.75-3 7.5-7.5 2.25 2.25-7.5 7.5ZM10.25 5.5l2.25 2.25"),
  trash: drawing("M3.5 5h11M7.25 5V3.5h3.5V5M5 5l.75 9.5h6.5L13 5M7.75 7.75v4M10.25 7.75v4"),
  alert: drawing("M9 5.5v4M9 12.4v.1M15.5 9a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z"),
  offline: drawing("M2.5 6.5a10 10 0 0 1 13 0M5 9.6a6 6 0 0 1 8 0M9 13.4v.1M3 3l12 12"),
} as const satisfies Record<string, TemplateResult>;

function drawing(path: string): TemplateResult {
  return html`<svg viewBox="0 0 18 18" aria-hidden="true"><path d=${path} /></svg>`;
}
