import { html, type TemplateResult } from "lit";
import { mixesScripts } from "./mixed-scripts.js";
import { splitLinks, type TextPiece } from "./split-links.js";

/**
 * A body as it is shown: its text, and links that open in a new tab and tell the other side
 * nothing. Text only ever goes through text bindings, so no script of a message can run. [P6]
 */
export function messageBody(body: string, linkTabIndex: 0 | -1): unknown[] {
  return splitLinks(body).map((piece) =>
    piece.href === undefined ? piece.text : link(piece, piece.href, linkTabIndex),
  );
}

function link(piece: TextPiece, href: string, tabIndex: 0 | -1): TemplateResult {
  const text = shownAddress(piece.text, href);
  return html`<a
    part="link"
    href=${href}
    title=${href}
    target="_blank"
    rel="noopener noreferrer nofollow ugc"
    referrerpolicy="no-referrer"
    tabindex=${tabIndex}
    >${text}</a
  >`;
}

/** A host name that mixes scripts is shown as what it really is. */
function shownAddress(text: string, href: string): string {
  const host = /^https?:\/\/([^/?#]*)/iu.exec(text)?.[1] ?? "";
  return mixesScripts(host) ? href : text;
}
