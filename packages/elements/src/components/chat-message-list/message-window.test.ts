import { describe, expect, it } from "vitest";
import { messages } from "../../testing/message-fixture.js";
import { MAX_ROWS } from "./list-window.js";
import { MessageWindow, type ReadingView } from "./message-window.js";

const LIVE: ReadingView = {
  distance: 0,
  distanceToTop: 5000,
  viewport: 600,
  isLive: true,
  isIdle: true,
  near: [],
  focused: [],
};
const READING: ReadingView = { ...LIVE, distance: 900, isLive: false };
const FAR: ReadingView = { ...LIVE, distance: 3000, isLive: false };

function opened(count: number): { window: MessageWindow; items: ReturnType<typeof messages> } {
  const window = new MessageWindow();
  const items = messages(1, count);
  window.take([], items, undefined);
  return { window, items };
}

describe("the part of a timeline in the document", () => {
  it("keeps its rows and adds what arrives, never more than the limit while live", () => {
    const { window, items } = opened(60);
    const many = messages(1, 1060);
    window.take(items, many, LIVE);
    expect(window.span(many)).toEqual({ start: 1060 - MAX_ROWS, end: 1060 });
  });

  it("keeps the row with the focus, unless there are far too many", () => {
    const { window, items } = opened(60);
    const focused = { ...LIVE, focused: ["key-30"] };
    const more = messages(1, 360);
    window.take(items, more, focused);
    expect(window.span(more).start).toBe(29);
    const many = messages(1, 1060);
    window.take(more, many, focused);
    expect(window.span(many).start).toBe(1060 - MAX_ROWS);
  });

  it("renders what arrives near the reader, and only counts it when far away", () => {
    const { window, items } = opened(60);
    const more = messages(1, 61);
    window.take(items, more, READING);
    expect(window.span(more).end).toBe(61);
    const evenMore = messages(1, 62);
    window.take(more, evenMore, FAR);
    expect(window.span(evenMore).end).toBe(61);
    expect(window.followsLatest).toBe(false);
    expect(window.unseen(evenMore)).toBe(2);
  });

  it("takes no row away from a reader when some arrive after it showed the latest", () => {
    const { window, items } = opened(235);
    window.showLatest(items);
    const more = messages(1, 265);
    window.take(items, more, READING);
    expect(window.span(more)).toEqual({ start: 185, end: 265 });
  });

  it("does not let a burst in while somebody reads", () => {
    const { window, items } = opened(60);
    const burst = messages(1, 560);
    window.take(items, burst, READING);
    expect(window.span(burst).end).toBe(60);
  });

  it("adds older pages from memory, then asks for more", () => {
    const { window, items } = opened(120);
    const top: ReadingView = { ...READING, distanceToTop: 100, distance: 5000 };
    expect(window.grow(items, top)).toBe("grown");
    expect(window.span(items).start).toBe(20);
    window.grow(items, top);
    expect(window.grow(items, top)).toBe("needs-older");
  });

  it("wants nothing while it has no size", () => {
    const { window, items } = opened(120);
    const hidden = { ...LIVE, viewport: 0, distanceToTop: 0 };
    expect(window.grow(items, hidden)).toBe("enough");
  });

  it("comes back to the newest message page by page", () => {
    const { window, items } = opened(60);
    const more = messages(1, 160);
    window.take(items, more, FAR);
    expect(window.grow(more, READING)).toBe("grown");
    expect(window.followsLatest).toBe(false);
    window.grow(more, READING);
    expect(window.followsLatest).toBe(true);
  });

  it("trims the end that is further away and keeps what is in view", () => {
    const { window, items } = opened(1000);
    for (let page = 0; page < 8; page += 1) {
      window.grow(items, { ...READING, distanceToTop: 0, distance: 9000 });
    }
    const atTop: ReadingView = { ...READING, distanceToTop: 0, distance: 9000, near: ["key-560"] };
    expect(window.trim(items, atTop)).toBe(true);
    const span = window.span(items);
    expect(span.end - span.start).toBe(MAX_ROWS);
    expect(span.start).toBe(550);
    expect(window.trim(items, atTop)).toBe(false);
  });

  it("counts down as the reader passes messages, and starts over with a replaced log", () => {
    const { window, items } = opened(60);
    const more = messages(1, 70);
    window.take(items, more, READING);
    expect(window.unseen(more)).toBe(10);
    window.see(more, "key-66");
    expect(window.unseen(more)).toBe(4);
    window.see(more);
    expect(window.unseen(more)).toBe(0);
    const replaced = messages(1, 5);
    window.take(more, replaced, LIVE);
    window.take(replaced, messages(1, 6), READING);
    expect(window.unseen(messages(1, 6))).toBe(1);
  });
});
