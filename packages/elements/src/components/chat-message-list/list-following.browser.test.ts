import { expect } from "@open-wc/testing";
import "../../define/chat-message-list.js";
import { messages } from "../../testing/message-fixture.js";
import { mount, nextFrame, settled } from "../../testing/mount.js";
import { within } from "../../testing/query.js";
import type { ChatMessageList } from "./chat-message-list.js";

/** Longer than a glide to the newest message may take. */
const GLIDE_MS = 800;
/** Longer than somebody counts as scrolling. */
const STILL_MS = 260;

describe("following the newest message in chat-message-list", () => {
  let list: ChatMessageList;
  let newest: number;

  beforeEach(async () => {
    newest = 180;
    list = document.createElement("chat-message-list");
    list.roomId = "lobby";
    list.items = messages(101, newest);
    await mount(list, "phone");
  });

  const scroller = (): HTMLElement => within(list, ".scroller");
  const pill = (): HTMLElement | null =>
    list.shadowRoot?.querySelector<HTMLElement>(".jump") ?? null;
  const pillName = (): string | null | undefined => pill()?.getAttribute("aria-label");
  const after = (delayMs: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, delayMs));

  function arrive(count = 1): void {
    newest += count;
    list.items = messages(101, newest);
  }

  async function scrollBy(top: number): Promise<void> {
    scroller().scrollBy({ top });
    await nextFrame();
    await settled(list);
  }

  for (const everyMs of [40, 150, 300]) {
    it(`arrives while somebody writes every ${everyMs} ms`, async () => {
      await scrollBy(-1300);
      arrive();
      await settled(list);
      const writer = setInterval(arrive, everyMs);
      pill()?.click();
      await after(GLIDE_MS);
      clearInterval(writer);
      await settled(list);
      expect(list.atLatest).to.equal(true);
      expect(list.distanceToLatest).to.equal(0);
      expect(pillName()).to.equal(undefined);
    });
  }

  it("arrives when the glide to the newest message ends short of it", async () => {
    await scrollBy(-1300);
    scroller().scrollTo = () => {
      scroller().scrollTop = -300;
    };
    list.scrollToLatest();
    await after(GLIDE_MS);
    expect(list.distanceToLatest).to.equal(0);
    expect(pillName()).to.equal(undefined);
  });

  it("does not pull back a reader who takes the wheel on the way", async () => {
    await scrollBy(-1300);
    list.scrollToLatest();
    await settled(list);
    scroller().dispatchEvent(new WheelEvent("wheel", { bubbles: true }));
    scroller().scrollTo({ top: -1000, behavior: "instant" });
    await after(GLIDE_MS);
    expect(list.distanceToLatest).to.equal(1000);
  });

  it("does not pull back a reader who turns a page on the way", async () => {
    await scrollBy(-1300);
    list.scrollToLatest();
    await settled(list);
    list.scrollByPage(-1);
    await after(GLIDE_MS);
    expect(list.distanceToLatest).to.be.above(1000);
  });

  it("does not move what is read after a jump when many arrive at once", async () => {
    (list.parentElement as HTMLElement).style.blockSize = "300px";
    newest = 335;
    list.items = messages(101, newest);
    await settled(list);
    await scrollBy(-2500);
    list.scrollToLatest();
    await after(GLIDE_MS);
    await scrollBy(-900);
    const row = within(list, '[data-key="key-319"]');
    const before = row.getBoundingClientRect().top;
    arrive(30);
    await settled(list);
    expect(row.isConnected).to.equal(true);
    expect(row.getBoundingClientRect().top).to.be.closeTo(before, 1);
    expect(pillName()).to.equal("30 new messages");
  });

  it("follows a new message when it is nearly at the end and nobody scrolls", async () => {
    await scrollBy(-50);
    await after(STILL_MS);
    arrive();
    await settled(list);
    expect(pillName()).to.equal(undefined);
    await after(GLIDE_MS);
    expect(list.atLatest).to.equal(true);
  });

  it("stays nearly at the end when nothing new comes, or somebody just scrolled", async () => {
    await scrollBy(-50);
    await after(STILL_MS);
    list.items = [...list.items];
    await after(GLIDE_MS);
    expect(list.distanceToLatest).to.equal(50);
    await scrollBy(5);
    arrive();
    await after(GLIDE_MS);
    expect(list.atLatest).to.equal(false);
  });

  it("counts a message as seen once a line of it is in view", async () => {
    await scrollBy(-400);
    arrive();
    await settled(list);
    const row = within(list, '[data-key="key-181"]');
    const hidden = (): number =>
      row.getBoundingClientRect().top - scroller().getBoundingClientRect().bottom;
    await scrollBy(Math.ceil(hidden()) + 8);
    expect(pillName()).to.equal("1 new message");
    await scrollBy(Math.ceil(hidden()) + 28);
    expect(pillName()).to.equal(undefined);
  });
});
