import { css } from "lit";
import { clock } from "../platform/clock.js";

const ANNOUNCER = Symbol.for("confab.announcer.v1");
const CLEAR_AFTER_MS = 1000;

/** How urgent: `polite` waits for a pause, `assertive` interrupts. */
export type Urgency = "polite" | "assertive";

interface NotifyingDocument extends Document {
  ariaNotify?(text: string, options: { priority: "normal" | "high" }): void;
  [ANNOUNCER]?: Announcer | undefined;
}

const hidden = css`
  div {
    position: fixed;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/**
 * Speaks to screen readers: one per document, shared by all chat elements, so that two rooms
 * never talk at once. Uses `ariaNotify` where there is one, else a pair of live regions that hold
 * a text for one second: kept longer it would be read again, shorter it gets lost.
 */
export class Announcer {
  readonly #document: NotifyingDocument;
  readonly #regions = new Map<Urgency, HTMLElement>();
  #speaker: object | undefined;

  constructor(page: Document) {
    this.#document = page;
    if (!this.#document.ariaNotify) this.#addRegions();
  }

  /** The announcer of this document. */
  static of(page: Document): Announcer {
    const holder: NotifyingDocument = page;
    const announcer = holder[ANNOUNCER] ?? new Announcer(page);
    holder[ANNOUNCER] = announcer;
    return announcer;
  }

  /** Makes this list the one whose new messages are spoken: the one last focused. */
  focus(speaker: object): void {
    this.#speaker = speaker;
  }

  /** The first list on a page speaks until another one is focused. */
  isSpeaker(speaker: object): boolean {
    this.#speaker ??= speaker;
    return this.#speaker === speaker;
  }

  /** A list that leaves the page gives its place to the next that asks. */
  leave(speaker: object): void {
    if (this.#speaker === speaker) this.#speaker = undefined;
  }

  say(text: string, urgency: Urgency = "polite"): void {
    if (this.#document.ariaNotify) {
      this.#document.ariaNotify(text, { priority: urgency === "polite" ? "normal" : "high" });
      return;
    }
    const region = this.#regions.get(urgency);
    if (!region) return;
    const line = this.#document.createElement("p");
    line.textContent = text;
    region.append(line);
    clock.after(CLEAR_AFTER_MS, () => {
      line.remove();
    });
  }

  #addRegions(): void {
    const host = this.#document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    if (hidden.styleSheet) root.adoptedStyleSheets = [hidden.styleSheet];
    for (const urgency of ["polite", "assertive"] as const) {
      const region = this.#document.createElement("div");
      region.setAttribute("aria-live", urgency);
      root.append(region);
      this.#regions.set(urgency, region);
    }
    this.#document.body.append(host);
  }
}
