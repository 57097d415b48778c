import type { TimelineItem } from "@confab/sdk";
import {
  indexOfKey,
  LATEST_WINDOW,
  MAX_ROWS,
  PAGE_ROWS,
  spanOf,
  windowOf,
  withNewerPage,
  withOlderPage,
  withoutNewest,
  withoutOldest,
  type ListWindow,
  type Span,
} from "./list-window.js";
import { newestSeq, unseenCount } from "./unseen-messages.js";

/**
 * Further away than this, new rows are not rendered at all, so nothing needs to be corrected for
 * them.
 */
const FAR_VIEWPORTS = 4;
/** Closer than this to an end, the next page comes. */
const NEAR_VIEWPORTS = 2;

/** Where the reader stands, in pixels. */
export interface ReadingView {
  readonly distance: number;
  readonly distanceToTop: number;
  readonly viewport: number;
  /** At the end of what is rendered, or on the way there. */
  readonly isLive: boolean;
  readonly isIdle: boolean;
  /** Keys of the oldest and newest rows in view or near it. */
  readonly near: readonly string[];
  /** Keys of rows that must not go because the focus is in them. */
  readonly focused: readonly string[];
}

/**
 * Decides which part of the timeline is in the document and how many messages the reader has not
 * seen. Knows nothing of the DOM: it is told where the reader stands.
 */
export class MessageWindow {
  #window: ListWindow = LATEST_WINDOW;
  #seenSeq = 0;

  /** Whether the window reaches the newest message. */
  get followsLatest(): boolean {
    return this.#window.lastKey === undefined;
  }

  /** The newest message that was ever in view; 0 before there was one. */
  get seenSeq(): number {
    return this.#seenSeq;
  }

  span(items: readonly TimelineItem[]): Span {
    return spanOf(items, this.#window);
  }

  /** The newest page of these, named at once, so that what arrives later takes nothing from it. */
  showLatest(items: readonly TimelineItem[]): void {
    this.#window = windowOf(items, spanOf(items, LATEST_WINDOW));
  }

  /** Another room: its newest page, all of it counted as seen. */
  enter(items: readonly TimelineItem[]): void {
    this.showLatest(items);
    this.#seenSeq = newestSeq(items);
  }

  /** The timeline changed from `before` to `items`. */
  take(
    before: readonly TimelineItem[],
    items: readonly TimelineItem[],
    view: ReadingView | undefined,
  ): void {
    // A replaced log may end earlier; and what was there at the first look is not news.
    this.#seenSeq = Math.min(this.#seenSeq, newestSeq(items));
    if (before.length === 0) this.enter(items);
    if (view && this.followsLatest && !view.isLive && isTooMuch(before, items, view)) {
      this.#window = { ...windowOf(before, this.span(before)), ...lastKeyOf(before) };
    }
    const { start, end } = this.span(items);
    const isOverflowing = end - start > 2 * MAX_ROWS;
    const mayTrim = !view || (view.isLive && (view.isIdle || isOverflowing));
    // A reader at the end moves on with it, so what is in view now need not stay.
    const kept = keptSpan(items, isOverflowing ? [] : (view?.focused ?? []));
    this.#window =
      this.followsLatest && end - start > MAX_ROWS && mayTrim
        ? withoutOldest(items, this.#window, kept.start)
        : windowOf(items, { start, end });
  }

  /**
   * Adds a page from memory where the reader comes near an end. Says when older ones must be
   * asked for.
   */
  grow(items: readonly TimelineItem[], view: ReadingView): "grown" | "needs-older" | "enough" {
    // A list without a size, in a closed dialog for instance, is near both ends and needs nothing.
    if (view.viewport === 0) return "enough";
    const { start, end } = this.span(items);
    if (!this.followsLatest && view.distance < NEAR_VIEWPORTS * view.viewport) {
      this.#window = withNewerPage(items, this.#window);
      return "grown";
    }
    if (view.distanceToTop >= NEAR_VIEWPORTS * view.viewport) return "enough";
    if (start === 0) return "needs-older";
    if (end - start >= 2 * MAX_ROWS) return "enough";
    this.#window = withOlderPage(items, this.#window);
    return "grown";
  }

  /** Drops rows over the limit at the end that is further away; true when something changed. */
  trim(items: readonly TimelineItem[], view: ReadingView): boolean {
    const before = this.span(items);
    if (before.end - before.start <= MAX_ROWS) return false;
    const kept = keptSpan(items, [...view.near, ...view.focused]);
    this.#window =
      view.distance <= view.distanceToTop
        ? withoutOldest(items, this.#window, kept.start)
        : withoutNewest(items, this.#window, kept.end - 1);
    const after = this.span(items);
    return after.start !== before.start || after.end !== before.end;
  }

  /** The reader's eye reached the message with this key; without a key, the newest one. */
  see(items: readonly TimelineItem[], key?: string): void {
    const item = key === undefined ? undefined : items[indexOfKey(items, key)];
    const seq = item?.kind === "message" ? item.seq : undefined;
    this.#seenSeq = Math.max(this.#seenSeq, key === undefined ? newestSeq(items) : (seq ?? 0));
  }

  /** Messages of others that were never in view. */
  unseen(items: readonly TimelineItem[]): number {
    return unseenCount(items, this.#seenSeq);
  }
}

/** New rows that are far below the view, or so many at once that they would be. */
function isTooMuch(
  before: readonly TimelineItem[],
  items: readonly TimelineItem[],
  view: ReadingView,
): boolean {
  const known = indexOfKey(items, before.at(-1)?.key);
  if (known < 0 || known === items.length - 1) return false;
  return view.distance > FAR_VIEWPORTS * view.viewport || items.length - known > PAGE_ROWS;
}

function lastKeyOf(items: readonly TimelineItem[]): ListWindow {
  const last = items.at(-1);
  return last === undefined ? {} : { lastKey: last.key };
}

/** The span from the first to the last of these keys; behind the end when none is left. */
function keptSpan(items: readonly TimelineItem[], keys: readonly string[]): Span {
  const indexes = keys.map((key) => indexOfKey(items, key)).filter((index) => index >= 0);
  if (indexes.length === 0) return { start: items.length, end: 0 };
  return { start: Math.min(...indexes), end: Math.max(...indexes) + 1 };
}
