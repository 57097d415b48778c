import { expect } from "@open-wc/testing";
import "../../define/chat-message-list.js";
import { messages } from "../../testing/message-fixture.js";
import { mount, nextFrame, settled } from "../../testing/mount.js";
import { within } from "../../testing/query.js";
import type { ChatMessageList } from "./chat-message-list.js";

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
}

describe("what stands still in chat-message-list", () => {
  let list: ChatMessageList;

  beforeEach(async () => {
    list = document.createElement("chat-message-list");
    list.roomId = "lobby";
    list.items = messages(101, 180);
    await mount(list);
  });

  const scroller = (): HTMLElement => within(list, ".scroller");
  const placeOf = (seq: number): number =>
    within(list, `[data-key="key-${seq}"]`).getBoundingClientRect().top -
    scroller().getBoundingClientRect().top;

  async function scrollBy(top: number): Promise<void> {
    scroller().scrollBy({ top });
    await nextFrame();
    await settled(list);
  }

  /** The second message in view, by which the place is kept. */
  function secondInView(): number {
    for (let seq = 101; seq < 180; seq += 1) {
      const height = within(list, `[data-key="key-${seq}"]`).getBoundingClientRect().height;
      if (placeOf(seq) + height > 0) return seq + 1;
    }
    return 180;
  }

  it("keeps the place when width and layout change", async () => {
    await scrollBy(-1500);
    const seq = secondInView();
    const before = placeOf(seq);
    for (const [width, layout] of [
      ["390px", "bubbles"],
      ["800px", "flat"],
    ] as const) {
      (list.parentElement as HTMLElement).style.inlineSize = width;
      list.layout = layout;
      await settled(list);
      expect(placeOf(seq)).to.be.closeTo(before, 1);
    }
  });

  it("does not creep when rows of uneven heights arrive for long", async () => {
    list.style.fontSize = "15.3px";
    await settled(list);
    await scrollBy(-900);
    const seq = secondInView();
    const before = placeOf(seq);
    for (let newest = 181; newest <= 210; newest += 1) {
      list.items = messages(101, newest);
      await settled(list);
    }
    expect(placeOf(seq)).to.be.closeTo(before, 0.6);
  });

  it("lets few messages stand at the end", async () => {
    list.items = messages(101, 103);
    await settled(list);
    const row = within(list, '[data-key="key-103"]').getBoundingClientRect();
    expect(scroller().getBoundingClientRect().bottom - row.bottom).to.be.within(0, 24);
    expect(scroller().scrollHeight).to.equal(scroller().clientHeight);
  });
});

describe("the first messages in chat-message-list", () => {
  it("shift nothing when they come", async () => {
    const shifts: number[] = [];
    const observer = new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) shifts.push((entry as LayoutShift).value);
    });
    const room = document.createElement("chat-message-list");
    room.loading = true;
    await mount(room);
    await new Promise((resolve) => setTimeout(resolve, 50));
    observer.observe({ type: "layout-shift" });
    Object.assign(room, { loading: false, items: messages(1, 60) });
    await settled(room);
    await new Promise((resolve) => setTimeout(resolve, 50));
    observer.disconnect();
    expect(shifts.reduce((sum, shift) => sum + shift, 0)).to.be.lessThan(0.01);
  });
});
