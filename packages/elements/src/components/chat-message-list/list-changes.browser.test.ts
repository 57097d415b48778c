import { ChatError, type TimelineItem, type TimelineMessage } from "@confab/sdk";
import { expect } from "@open-wc/testing";
import { resetMouse, sendKeys, sendMouse } from "@web/test-runner-commands";
import "../../define/chat-message-list.js";
import { message, messages } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import { allWithin, labelOf, textOf, within } from "../../testing/query.js";
import type { ChatMessageList } from "./chat-message-list.js";

const HOUR_MS = 3_600_000;

describe("what happens to messages in chat-message-list", () => {
  let list: ChatMessageList;
  let asked: string[];

  beforeEach(async () => {
    list = document.createElement("chat-message-list");
    list.roomName = "Lobby";
    list.capabilities = ["msg.read", "msg.send", "msg.react", "msg.edit.own", "msg.delete.own"];
    asked = [];
    list.addEventListener("chat-react", ({ detail }) => {
      asked.push(`${detail.on ? "give" : "take"} ${detail.emoji} ${detail.message.key}`);
    });
    list.addEventListener("chat-edit-start", ({ detail }) =>
      asked.push(`edit ${detail.message.key}`),
    );
    list.addEventListener("chat-delete", ({ detail }) =>
      asked.push(`delete ${detail.message.key}`),
    );
    await mount(list);
  });

  afterEach(() => resetMouse());

  async function show(...items: readonly TimelineItem[]): Promise<void> {
    list.items = items;
    await settled(list);
  }

  const own = (seq: number, overrides: Partial<TimelineMessage> = {}): TimelineMessage =>
    message({ seq, isOwn: true, by: "me", at: Date.now(), ...overrides });
  const row = (key: string): HTMLElement => within(list, `[data-key="${key}"]`);
  const tools = (): string[] =>
    allWithin(list, ".tools button").map((button) => button.getAttribute("aria-label") ?? "");

  async function hover(key: string): Promise<void> {
    const { x, y, width, height } = row(key).getBoundingClientRect();
    const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    await sendMouse({ type: "move", position });
    await settled(list);
  }

  it("says in the place of a deleted message that it was deleted, and offers nothing", async () => {
    const deleted = { body: "", deletedAt: 1, reactions: [] };
    await show(message({ seq: 1 }), own(2, deleted));
    expect(textOf(within(list, "#m-key-2-b"))).to.equal("This message was deleted");
    await hover("key-2");
    expect(tools()).to.deep.equal([]);
    await expect(list).to.be.accessible();
  });

  it("names an edited message so, and when on demand", async () => {
    await show(message({ seq: 1, body: "Hello", editedAt: Date.UTC(2026, 10, 20, 10, 30) }));
    expect(textOf(within(list, ".edited"))).to.equal("(edited)");
    expect(within(list, ".edited").title).to.match(/2026/);
    expect(labelOf(row("key-1"))).to.contain("Hello (edited)");
  });

  it("shows reactions with their numbers, and gives or takes one's own by a press", async () => {
    const reactions = [
      { emoji: "👍", count: 3, users: ["a", "b", "me"], isOwn: true },
      { emoji: "🎉", count: 1, users: ["a"], isOwn: false },
    ];
    await show(message({ seq: 1, reactions }));
    const chips = allWithin(list, ".chip");
    expect(chips.map(textOf)).to.deep.equal(["👍3", "🎉1"]);
    expect(chips.map((chip) => chip.getAttribute("aria-pressed"))).to.deep.equal(["true", "false"]);
    expect(chips[0]?.getAttribute("aria-label")).to.equal("👍 3 reactions");
    for (const chip of chips) chip.click();
    expect(asked).to.deep.equal(["take 👍 key-1", "give 🎉 key-1"]);
    await expect(list).to.be.accessible();
    list.capabilities = ["msg.read"];
    await settled(list);
    expect(allWithin(list, ".chip:disabled").length).to.equal(2);
  });

  it("offers under the mouse what one may do, on one row at a time", async () => {
    await show(message({ seq: 1 }), own(2), own(3, { at: Date.now() - HOUR_MS }));
    expect(tools()).to.deep.equal([]);
    const reactions = ["React with 👍", "React with ❤️", "React with 😂"];
    await hover("key-1");
    expect(tools()).to.deep.equal(reactions);
    await hover("key-2");
    expect(tools()).to.deep.equal([...reactions, "Edit", "Delete"]);
    await expect(list).to.be.accessible();
    await hover("key-3");
    expect(tools()).to.deep.equal([...reactions, "Delete"]);
    allWithin(list, ".tool")[0]?.click();
    expect(asked).to.deep.equal(["give 👍 key-3"]);
    await sendMouse({ type: "move", position: [1, 1] });
    list.style.setProperty("margin-block-start", "50px");
    await sendMouse({ type: "move", position: [2, 2] });
    await settled(list);
    expect(tools()).to.deep.equal([]);
  });

  it("lets a moderator delete what others wrote, and edit nothing of it", async () => {
    list.capabilities = ["msg.delete.any", "msg.edit.own"];
    await show(message({ seq: 1, at: Date.now() }));
    await hover("key-1");
    expect(tools()).to.deep.equal(["Delete"]);
  });

  it("leads by keyboard into the tools and back, and asks before it deletes", async () => {
    await show(message({ seq: 1 }), own(2));
    list.focusLatest();
    await sendKeys({ press: "ArrowUp" });
    await sendKeys({ press: "ArrowDown" });
    await settled(list);
    await sendKeys({ press: "Enter" });
    const focusedRow = (): string | undefined =>
      (list.shadowRoot?.activeElement as HTMLElement | null)?.dataset["key"];
    const focused = (): string | null | undefined =>
      list.shadowRoot?.activeElement?.getAttribute("aria-label");
    expect(focused()).to.equal("React with 👍");
    await settled(list);
    for (let step = 0; step < 4; step += 1) await sendKeys({ press: "Tab" });
    expect(focused()).to.equal("Delete");
    await sendKeys({ press: "Enter" });
    await settled(list);
    expect(focused()).to.equal("Keep");
    expect(asked).to.deep.equal([]);
    await expect(list).to.be.accessible();
    await sendKeys({ press: "Escape" });
    await settled(list);
    expect(focusedRow()).to.equal("key-2");
    expect(tools()).to.include("Edit");
    allWithin(list, ".tool").at(-1)?.click();
    await settled(list);
    allWithin(list, ".tools .delete")[0]?.click();
    await settled(list);
    expect(asked).to.deep.equal(["delete key-2"]);
    expect(focusedRow()).to.equal("key-2");
  });

  it("[B2] keeps the text of an edit that was refused, with retry and delete", async () => {
    const error = new ChatError("forbidden", "unable to edit; forbidden");
    const failedEdit = { id: "op", body: "new words", error };
    await show(own(1, { body: "old words", failedEdit }));
    expect(textOf(within(list, ".failure"))).to.contain("Edit not saved. You may not post here.");
    expect(allWithin(list, ".failure button").map(textOf)).to.deep.equal(["Retry", "Delete"]);
    await expect(list).to.be.accessible();
  });

  it("[O11] says that a message is being taken back", async () => {
    const delivery = { status: "pending", since: 0, isCancelling: true } as const;
    await show(own(1, { delivery }));
    expect(textOf(within(list, ".note"))).to.equal("Cancelling");
    expect(textOf(within(list, "#m-key-1-s"))).to.equal("Cancelling");
  });

  it("draws a line above what others wrote since, never above the first message", async () => {
    const divider = (): HTMLElement[] => allWithin(list, ".unread");
    list.unreadAfter = 2;
    const fourth = message({ seq: 4, isGroupStart: false });
    await show(message({ seq: 1 }), message({ seq: 2 }), own(3), fourth);
    expect(divider().map((line) => line.getAttribute("aria-label"))).to.deep.equal([
      "New messages",
    ]);
    const next = divider()[0]?.parentElement?.nextElementSibling;
    expect(next?.firstElementChild?.getAttribute("data-key")).to.equal("key-4");
    expect(next?.querySelector(".avatar")).to.not.equal(null);
    await expect(list).to.be.accessible();
    await show(...messages(3, 8));
    expect(divider()).to.deep.equal([]);
    list.unreadAfter = 8;
    await show(...messages(1, 8));
    expect(divider()).to.deep.equal([]);
  });

  it("[R1] tells once what was read, and only while the page has the focus", async () => {
    const read: number[] = [];
    list.addEventListener("chat-read", ({ detail }) => read.push(detail.seq));
    let hasFocus = false;
    Object.defineProperty(document, "hasFocus", { configurable: true, value: () => hasFocus });
    try {
      await show(...messages(1, 5));
      expect(read).to.deep.equal([]);
      hasFocus = true;
      window.dispatchEvent(new FocusEvent("focus"));
      expect(read).to.deep.equal([5]);
      await show(...messages(1, 5), own(6));
      await settled(list);
      expect(read).to.deep.equal([5, 6]);
    } finally {
      Reflect.deleteProperty(document, "hasFocus");
    }
  });
});
