import { describe, expect, it } from "vitest";
import { day, message, messages } from "../../testing/message-fixture.js";
import {
  LATEST_WINDOW,
  MAX_ROWS,
  PAGE_ROWS,
  spanOf,
  windowOf,
  withNewerPage,
  withOlderPage,
  withoutNewest,
  withoutOldest,
} from "./list-window.js";

const items = messages(1, 1000);

describe("the window of a list", () => {
  it("begins as the newest page", () => {
    expect(spanOf(items, LATEST_WINDOW)).toEqual({ start: 1000 - PAGE_ROWS, end: 1000 });
    expect(spanOf([], LATEST_WINDOW)).toEqual({ start: 0, end: 0 });
  });

  it("stays on its messages when older ones arrive", () => {
    const later = messages(501, 1000);
    const window = windowOf(later, { start: 100, end: 200 });
    expect(spanOf(items, window)).toEqual({ start: 600, end: 700 });
  });

  it("grows by a page at either end and follows the newest message once it reaches it", () => {
    const window = windowOf(items, { start: 400, end: 930 });
    expect(spanOf(items, withOlderPage(items, window))).toEqual({ start: 350, end: 930 });
    const grown = withNewerPage(items, withNewerPage(items, window));
    expect(grown.lastKey).toBeUndefined();
    expect(spanOf(items, grown).end).toBe(1000);
  });

  it("drops rows at one end down to the limit, but never rows to keep", () => {
    const window = windowOf(items, { start: 100, end: 500 });
    expect(spanOf(items, withoutOldest(items, window, 1000)).start).toBe(500 - MAX_ROWS);
    expect(spanOf(items, withoutOldest(items, window, 120)).start).toBe(120);
    expect(spanOf(items, withoutNewest(items, window, 0)).end).toBe(100 + MAX_ROWS);
    expect(spanOf(items, withoutNewest(items, window, 480)).end).toBe(481);
  });

  it("takes the line of the day along with the first message of the day", () => {
    const two = [message({ seq: 1 }), day("2026-11-20"), message({ seq: 2 }), message({ seq: 3 })];
    expect(spanOf(two, { firstKey: "key-2" })).toEqual({ start: 1, end: 4 });
  });

  it("falls back to the newest page when the log was replaced", () => {
    const window = windowOf(items, { start: 100, end: 200 });
    expect(spanOf(messages(2001, 2100), window)).toEqual({ start: 50, end: 100 });
  });
});
