import { expect } from "@open-wc/testing";
import "../../define/chat-message-list.js";
import { message, messages, pendingMessage } from "../../testing/message-fixture.js";
import { mount, nextFrame, settled } from "../../testing/mount.js";
import { allWithin, textOf, within } from "../../testing/query.js";
import type { ChatMessageList } from "./chat-message-list.js";

/** Longer than the list waits before it drops rows. */
const IDLE_MS = 160;

describe("scrolling in chat-message-list", () => {
  let list: ChatMessageList;

  beforeEach(async () => {
    list = document.createElement("chat-message-list");
    list.roomId = "lobby";
    list.items = messages(101, 180);
    await mount(list);
  });

  const scroller = (): HTMLElement => within(list, ".scroller");
  const rows = (): HTMLElement[] => allWithin(list, "[role=article]");
  const row = (seq: number): HTMLElement => within(list, `[data-key="key-${seq}"]`);
  const find = (seq: number): Element | null =>
    list.shadowRoot?.querySelector(`[data-key="key-${seq}"]`) ?? null;
  const pill = (): HTMLElement | null =>
    list.shadowRoot?.querySelector<HTMLElement>(".jump") ?? null;

  async function show(change: Partial<ChatMessageList>): Promise<void> {
    Object.assign(list, change);
    await settled(list);
  }

  async function scrollBy(top: number): Promise<void> {
    scroller().scrollBy({ top });
    await nextFrame();
    await settled(list);
  }

  /** To where the rows end, and past what is added then. */
  async function scrollToTop(): Promise<void> {
    await scrollBy(-20_000);
    await idle();
  }

  async function scrollToBottom(): Promise<void> {
    await scrollBy(20_000);
    await idle();
  }

  async function idle(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    await settled(list);
  }

  it("leaves anchoring to nobody but itself", () => {
    expect(getComputedStyle(scroller()).overflowAnchor).to.equal("none");
    expect(scroller().childElementCount).to.equal(1);
  });

  it("begins at the newest message and stays there while things arrive and grow", async () => {
    expect(list.atLatest).to.equal(true);
    for (let newest = 181; newest <= 200; newest += 1) await show({ items: messages(101, newest) });
    expect(list.atLatest).to.equal(true);
    const grown = document.createElement("div");
    grown.className = "grown";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".grown { block-size: 300px }");
    list.shadowRoot?.adoptedStyleSheets.push(sheet);
    row(199).append(grown);
    await nextFrame();
    expect(list.distanceToLatest).to.equal(0);
    const bottom = row(200).getBoundingClientRect().bottom;
    expect(bottom).to.be.at.most(scroller().getBoundingClientRect().bottom);
  });

  it("does not move what is read when older messages arrive", async () => {
    await scrollBy(-900);
    const before = row(165).getBoundingClientRect().top;
    await show({ items: messages(1, 180) });
    expect(row(165).getBoundingClientRect().top).to.be.closeTo(before, 1);
  });

  it("does not move what is read when newer messages arrive", async () => {
    await scrollBy(-900);
    const before = row(165).getBoundingClientRect().top;
    for (let newest = 181; newest <= 190; newest += 1) await show({ items: messages(101, newest) });
    expect(row(165).getBoundingClientRect().top).to.be.closeTo(before, 1);
  });

  it("does not move what is read when a message below it grows", async () => {
    await scrollBy(-900);
    const before = row(160).getBoundingClientRect().top;
    const items = messages(101, 180).map((item) =>
      item.key === "key-178" && item.kind === "message"
        ? { ...item, body: "Long\n".repeat(20) }
        : item,
    );
    await show({ items });
    expect(row(160).getBoundingClientRect().top).to.be.closeTo(before, 1);
  });

  it("holds at most 250 rows of 1,000 messages, at both ends and in between", async function () {
    this.timeout(30_000);
    await show({ items: messages(1, 1000) });
    await idle();
    expect(rows().length).to.be.at.most(250);
    for (let step = 0; step < 30 && !find(1); step += 1) await scrollToTop();
    await idle();
    expect(rows().length).to.be.at.most(250);
    expect(find(1)).not.to.equal(null);
    for (let step = 0; step < 30 && !list.atLatest; step += 1) await scrollToBottom();
    await idle();
    expect(rows().length).to.be.at.most(250);
    expect(list.atLatest).to.equal(true);
    expect(row(1000).isConnected).to.equal(true);
  });

  it("leads back with a pill that counts what was not seen", async () => {
    expect(pill()).to.equal(null);
    await scrollBy(-1200);
    expect(pill()?.getAttribute("aria-label")).to.equal("Jump to latest");
    await show({ items: messages(101, 182) });
    expect(pill()?.getAttribute("aria-label")).to.equal("2 new messages");
    await expect(list).to.be.accessible();
    pill()?.click();
    await new Promise((resolve) => setTimeout(resolve, 700));
    await settled(list);
    expect(list.atLatest).to.equal(true);
    expect(pill()).to.equal(null);
  });

  it("counts what it did not render, shows 99+ at most, and loads it on the way back", async () => {
    await scrollBy(-1600);
    await show({ items: messages(101, 400) });
    expect(rows().length).to.be.lessThan(200);
    expect(pill()?.getAttribute("aria-label")).to.equal("220 new messages");
    expect(textOf(pill() as Element)).to.equal("99+ new messages");
    pill()?.click();
    await settled(list);
    expect(list.atLatest).to.equal(true);
    expect(row(400).isConnected).to.equal(true);
  });

  it("goes to the newest message when one writes oneself, wherever one was reading", async () => {
    await scrollBy(-1600);
    await show({ items: [...messages(101, 180), pendingMessage("own", "mine", 0)] });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(list.atLatest).to.equal(true);
  });

  it("holds still while text is selected", async () => {
    getSelection()?.selectAllChildren(within(list, '[data-key="key-180"] .body'));
    const before = row(178).getBoundingClientRect().top;
    await show({ items: messages(101, 183) });
    expect(row(178).getBoundingClientRect().top).to.be.closeTo(before, 1);
    getSelection()?.removeAllRanges();
  });

  it("keeps its place when the element moves in the document", async () => {
    await scrollBy(-900);
    const before = list.distanceToLatest;
    const parent = list.parentElement as HTMLElement;
    parent.append(document.createElement("p"));
    parent.prepend(list);
    await settled(list);
    expect(list.distanceToLatest).to.be.closeTo(before, 1);
  });

  it("begins another room at its newest message", async () => {
    await scrollBy(-900);
    await show({ roomId: "other", items: [message({ seq: 900 }), ...messages(901, 990)] });
    expect(list.atLatest).to.equal(true);
    expect(pill()).to.equal(null);
  });
});
