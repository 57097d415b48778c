import type { TimelineItem } from "@confab/sdk";

/** Rows that come at once when the reader gets near an end of the window. */
export const PAGE_ROWS = 50;
/** Rows in the document at most, once nobody scrolls. */
export const MAX_ROWS = 250;

/**
 * Which part of a timeline is in the document. Its ends are named by the keys of their messages,
 * since indexes move when older messages arrive. No last key means that it follows the newest
 * message.
 */
export interface ListWindow {
  readonly firstKey?: string;
  readonly lastKey?: string;
}

/** The part as indexes, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The newest page, following what arrives. */
export const LATEST_WINDOW: ListWindow = {};

/**
 * Where the window lies in these items. Ends that are no longer among them fall back to the
 * newest page.
 */
export function spanOf(items: readonly TimelineItem[], window: ListWindow): Span {
  const last = indexOfKey(items, window.lastKey);
  const first = indexOfKey(items, window.firstKey);
  const end = last < 0 ? items.length : last + 1;
  if (first < 0) return { start: pageStart(items, end), end };
  return { start: withItsDay(items, first), end: Math.max(end, first + 1) };
}

/** The window with the given span. */
export function windowOf(items: readonly TimelineItem[], span: Span): ListWindow {
  const first = items.slice(span.start, span.end).find((item) => item.kind === "message");
  const last = span.end < items.length ? items[span.end - 1] : undefined;
  return {
    ...(first === undefined ? {} : { firstKey: first.key }),
    ...(last === undefined ? {} : { lastKey: last.key }),
  };
}

/** One page more at the older end. */
export function withOlderPage(items: readonly TimelineItem[], window: ListWindow): ListWindow {
  const { start, end } = spanOf(items, window);
  return windowOf(items, { start: Math.max(0, start - PAGE_ROWS), end });
}

/** One page more at the newer end. */
export function withNewerPage(items: readonly TimelineItem[], window: ListWindow): ListWindow {
  const { start, end } = spanOf(items, window);
  return windowOf(items, { start, end: Math.min(items.length, end + PAGE_ROWS) });
}

/** Rows dropped at the older end until `MAX_ROWS` are left, but none from `keepFrom` on. */
export function withoutOldest(
  items: readonly TimelineItem[],
  window: ListWindow,
  keepFrom: number,
): ListWindow {
  const { start, end } = spanOf(items, window);
  return windowOf(items, { start: Math.max(start, Math.min(end - MAX_ROWS, keepFrom)), end });
}

/** Rows dropped at the newer end until `MAX_ROWS` are left, but none up to `keepTo`. */
export function withoutNewest(
  items: readonly TimelineItem[],
  window: ListWindow,
  keepTo: number,
): ListWindow {
  const { start, end } = spanOf(items, window);
  return windowOf(items, { start, end: Math.min(end, Math.max(start + MAX_ROWS, keepTo + 1)) });
}

/** Index of the item with this key, or -1. */
export function indexOfKey(items: readonly TimelineItem[], key: string | undefined): number {
  return key === undefined ? -1 : items.findIndex((item) => item.key === key);
}

function pageStart(items: readonly TimelineItem[], end: number): number {
  return withItsDay(items, Math.max(0, end - PAGE_ROWS));
}

/** The first message of a day stands below the line that names the day. */
function withItsDay(items: readonly TimelineItem[], index: number): number {
  return items[index - 1]?.kind === "day" ? index - 1 : index;
}
