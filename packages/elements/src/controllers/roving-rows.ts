import type { ReactiveController, ReactiveControllerHost } from "lit";
import { keyOfRow } from "./row-key.js";

/** A list whose messages are one stop in the tab order. */
export interface RovingHost extends ReactiveControllerHost {
  readonly content: HTMLElement | null;
  /** Brings the newest row into the document and into view. */
  scrollToLatest(): void;
}

const FOCUSABLE = "a[href], button:not([disabled])";

/**
 * One row is in the tab order; arrow keys, Home and End walk the rows, Enter goes into a row,
 * Escape comes back out. The stop stays on the row last focused; when that row goes, it moves to
 * the next newer one, never to the page.
 */
export class RovingRows implements ReactiveController {
  readonly #host: RovingHost;
  #activeKey: string | undefined;
  #insideKey: string | undefined;
  /** Keys in order as last rendered, to know what stood below a row that is gone. */
  #keys: readonly string[] = [];
  #hadFocus = false;
  #isBoundForLatest = false;

  constructor(host: RovingHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The row in the tab order, given the rows about to be rendered. */
  stopAmong(keys: readonly string[]): string | undefined {
    const stop = this.#survivor(keys);
    if (this.#activeKey !== undefined) this.#activeKey = stop;
    this.#keys = keys;
    return stop;
  }

  /** The row whose links are in the tab order. */
  get insideKey(): string | undefined {
    return this.#insideKey;
  }

  /** The row that holds the focus, or something inside it. */
  get focusedKey(): string | undefined {
    return keyOfRow(focusedIn(this.#host.content));
  }

  reset(): void {
    this.#activeKey = undefined;
    this.#insideKey = undefined;
  }

  hostUpdate(): void {
    this.#hadFocus = this.focusedKey !== undefined;
  }

  hostUpdated(): void {
    const isBoundForLatest = this.#isBoundForLatest;
    this.#isBoundForLatest = false;
    // Whoever took the focus away since then keeps it.
    if (!this.#hadFocus) return;
    if (isBoundForLatest) this.#focusRow(this.#keys.at(-1));
    else if (this.focusedKey === undefined) this.#focusRow(this.#activeKey);
  }

  /** Shows and focuses the newest row; until it is rendered, the one nearest to it. */
  focusLatest(): void {
    this.#focusRow(this.#keys.at(-1));
    this.#isBoundForLatest = true;
    this.#host.scrollToLatest();
  }

  readonly onFocusIn = (event: FocusEvent): void => {
    const key = keyOfRow(event.target);
    if (key === undefined) return;
    const isRow = (event.target as HTMLElement).dataset["key"] === key;
    const insideKey = isRow ? undefined : key;
    if (key === this.#activeKey && insideKey === this.#insideKey) return;
    this.#activeKey = key;
    this.#insideKey = insideKey;
    this.#host.requestUpdate();
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    const key = keyOfRow(event.target);
    const isEdge = event.key === "Home" || event.key === "End";
    if (key === undefined || (event.ctrlKey && !isEdge) || event.altKey || event.metaKey) return;
    const isInside = (event.target as HTMLElement).dataset["key"] !== key;
    if (isInside) {
      if (event.key !== "Escape") return;
      this.#focusRow(key);
      event.stopPropagation();
    } else if (event.key === "Enter") {
      this.#enter(key);
    } else if (event.key === "End") {
      this.focusLatest();
    } else {
      const next = this.#neighbour(key, event.key);
      if (next === undefined) return;
      this.#focusRow(next);
    }
    event.preventDefault();
  };

  #neighbour(key: string, pressed: string): string | undefined {
    const index = this.#keys.indexOf(key);
    if (pressed === "ArrowUp") return this.#keys[Math.max(0, index - 1)];
    if (pressed === "ArrowDown") return this.#keys[Math.min(this.#keys.length - 1, index + 1)];
    if (pressed === "Home") return this.#keys[0];
    return undefined;
  }

  #enter(key: string): void {
    this.#rowOf(key)?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
  }

  #focusRow(key: string | undefined): void {
    const row = this.#rowOf(key);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }

  #rowOf(key: string | undefined): HTMLElement | undefined {
    if (key === undefined) return undefined;
    const selector = `[data-key="${CSS.escape(key)}"]`;
    return this.#host.content?.querySelector<HTMLElement>(selector) ?? undefined;
  }

  #survivor(keys: readonly string[]): string | undefined {
    if (this.#activeKey === undefined) return keys.at(-1);
    const present = new Set(keys);
    const from = this.#keys.indexOf(this.#activeKey);
    const candidates = from < 0 ? [this.#activeKey] : this.#keys.slice(from);
    return candidates.find((key) => present.has(key)) ?? keys.at(-1);
  }
}

function focusedIn(content: HTMLElement | null): Element | null {
  const root = content?.getRootNode();
  return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
}
