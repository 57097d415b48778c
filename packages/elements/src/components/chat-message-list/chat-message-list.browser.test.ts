import { ChatError } from "@confab/sdk";
import { expect } from "@open-wc/testing";
import "../../define/chat-message-list.js";
import { ManualClock } from "../../testing/manual-clock.js";
import { day, message, messages, pendingMessage } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import { allWithin, labelOf, textOf, within } from "../../testing/query.js";
import type { ChatMessageList } from "./chat-message-list.js";

describe("chat-message-list", () => {
  let list: ChatMessageList;

  async function show(change: Partial<ChatMessageList>): Promise<void> {
    Object.assign(list, change);
    await settled(list);
  }

  beforeEach(() => {
    list = document.createElement("chat-message-list");
    list.roomName = "Lobby";
    list.roomId = "lobby";
    list.timeZone = "UTC";
    list.locale = "en-GB";
  });

  const rows = (): HTMLElement[] => allWithin(list, "[role=article]");
  const label = (element: Element): string => labelOf(element);

  it("is a silent log of articles named by author, text and time", async () => {
    await mount(list);
    await show({ items: [message({ body: "Hello" }), message({ seq: 2, isGroupStart: false })] });
    const log = within(list, "[role=log]");
    expect(log.getAttribute("aria-label")).to.equal("Messages in Lobby");
    expect(log.getAttribute("aria-live")).to.equal("off");
    expect(rows().map(label)).to.deep.equal([
      "Ada Lindqvist Hello 10:01",
      "Ada Lindqvist Message 2 10:02",
    ]);
    await expect(list).to.be.accessible();
  });

  it("calls own messages You and shows the name", async () => {
    await mount(list);
    await show({ items: [message({ isOwn: true })] });
    expect(label(rows()[0] as Element)).to.equal("You Message 1 10:01");
    expect(textOf(within(list, ".author"))).to.contain("Ada Lindqvist");
  });

  it("shows text as text, with its lines, and links that tell nobody anything", async () => {
    await mount(list);
    await show({
      items: [message({ body: "<img src=x onerror=alert(1)>\nhttps://a.example/b." })],
    });
    const body = within(list, ".body");
    expect(body.textContent).to.equal("<img src=x onerror=alert(1)>\nhttps://a.example/b.");
    expect(getComputedStyle(body).whiteSpace).to.contain("pre-wrap");
    const link = within(list, ".body a") as HTMLAnchorElement;
    expect(link.rel).to.equal("noopener noreferrer nofollow ugc");
    expect(link.target).to.equal("_blank");
    expect(link.href).to.equal("https://a.example/b");
  });

  it("names days, calls one Today, and renames it at midnight", async () => {
    const clock = ManualClock.install(Date.UTC(2026, 10, 20, 23, 59, 50));
    await mount(list);
    await show({
      items: [day("2026-11-19"), message(), day("2026-11-20"), message({ seq: 2 })],
    });
    const days = (): string[] => allWithin(list, "[role=separator]").map(textOf);
    expect(days()).to.deep.equal(["Yesterday", "Today"]);
    clock.advance(20_000);
    await settled(list);
    expect(days()).to.deep.equal(["Thursday", "Yesterday"]);
    await show({ withoutDaySeparators: true });
    expect(days()).to.deep.equal([]);
    clock.restore();
  });

  it("labels a pending message after 400 ms, the last one with what it waits for", async () => {
    const clock = ManualClock.install(1_000_000);
    await mount(list);
    await show({ items: [pendingMessage("a", "one", 1_000_000)] });
    const description = (): string => textOf(within(list, "#m-a-s"));
    expect(description()).to.equal("");
    clock.advance(400);
    await settled(list);
    expect(description()).to.equal("Sending");
    await show({ offline: true });
    expect(description()).to.equal("Not sent. Waiting for a connection.");
    expect(textOf(within(list, ".note"))).to.equal("Waiting for connection Cancel");
    await expect(list).to.be.accessible();
    clock.restore();
  });

  it("[B2] shows why a message failed, with retry and delete in plain sight", async () => {
    await mount(list);
    const error = new ChatError("forbidden", "unable to send; forbidden");
    const failed = { ...message({ isOwn: true }), delivery: { status: "failed", error } } as const;
    await show({ items: [failed] });
    expect(textOf(within(list, ".failure"))).to.contain("You may not post here.");
    const asked: string[] = [];
    list.addEventListener("chat-retry", (event) => asked.push(`retry ${event.detail.message.id}`));
    list.addEventListener("chat-discard", (event) => asked.push(`drop ${event.detail.message.id}`));
    for (const button of allWithin(list, ".failure button")) button.click();
    expect(asked).to.deep.equal(["retry key-1", "drop key-1"]);
    await expect(list).to.be.accessible();
    const tooLong = new ChatError("too_large", "unable to send; too large");
    await show({ items: [{ ...failed, delivery: { status: "failed", error: tooLong } }] });
    expect(allWithin(list, ".failure button").map(textOf)).to.deep.equal(["Delete"]);
  });

  it("shows a skeleton after 250 ms of loading, then the words for an empty room", async () => {
    const clock = ManualClock.install(1000);
    await mount(list);
    await show({ loading: true });
    expect(allWithin(list, ".skeleton").length).to.equal(0);
    expect(within(list, "[role=log]").getAttribute("aria-busy")).to.equal("true");
    clock.advance(250);
    await settled(list);
    expect(allWithin(list, ".skeleton").length).to.equal(1);
    await expect(list).to.be.accessible();
    await show({ loading: false });
    expect(textOf(within(list, "[role=status]"))).to.contain("No messages yet");
    await expect(list).to.be.accessible();
    clock.restore();
  });

  it("asks for older messages once per state of the edge, and again on demand", async () => {
    let asked = 0;
    list.addEventListener("chat-history-request", () => (asked += 1));
    await mount(list);
    await show({ items: messages(51, 60), hasOlder: true });
    await show({ items: messages(51, 61) });
    await show({ older: "loading" });
    expect(asked).to.equal(2);
    await show({ older: "failed" });
    expect(textOf(within(list, ".loader"))).to.contain("could not be loaded");
    expect(asked).to.equal(2);
    within(list, ".loader button").click();
    expect(asked).to.equal(3);
    await expect(list).to.be.accessible();
  });

  it("tells where the history begins", async () => {
    await mount(list);
    await show({ items: messages(1, 3), hasOlder: false });
    expect(textOf(within(list, ".history-start"))).to.equal("This is the start of Lobby");
  });

  it("does not load history while it has no size", async () => {
    let asked = 0;
    list.addEventListener("chat-history-request", () => (asked += 1));
    const box = document.createElement("div");
    box.hidden = true;
    box.append(list);
    document.body.append(box);
    await show({ items: messages(51, 60), hasOlder: true });
    expect(asked).to.equal(0);
    box.remove();
  });

  it("keeps a message that cannot be drawn from taking the others down", async () => {
    const errors: unknown[] = [];
    list.addEventListener("chat-error", (event) => errors.push(event.detail.error));
    await mount(list);
    const broken = { ...message({ seq: 2 }), author: undefined } as never;
    await show({ items: [message(), broken, message({ seq: 3 })] });
    expect(rows().length).to.equal(3);
    expect(textOf(rows()[1] as Element)).to.equal("This message could not be shown.");
    expect(errors.length).to.equal(1);
  });
});
