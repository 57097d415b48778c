import { ChatError } from "@confab/sdk";
import { expect } from "@open-wc/testing";
import "../../define/chat-message-list.js";
import { listenToAnnouncements } from "../../testing/announcements.js";
import { ManualClock } from "../../testing/manual-clock.js";
import { message, messages, pendingMessage } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import type { ChatMessageList } from "./chat-message-list.js";

describe("what chat-message-list says", () => {
  let list: ChatMessageList;
  let clock: ReturnType<typeof ManualClock.install>;
  let speech: ReturnType<typeof listenToAnnouncements>;

  beforeEach(async () => {
    clock = ManualClock.install(1_000_000);
    speech = listenToAnnouncements();
    list = document.createElement("chat-message-list");
    list.items = messages(1, 5);
    await mount(list);
    clock.advance(2000);
  });

  afterEach(() => {
    speech.stop();
    clock.restore();
    list.remove();
  });

  async function arrive(...items: ChatMessageList["items"]): Promise<void> {
    list.items = [...list.items, ...items];
    await settled(list);
  }

  it("says messages of others once, a second after the first", async () => {
    await arrive(message({ seq: 6, body: "Hi" }));
    await arrive(message({ seq: 7, body: "there" }));
    expect(speech.heard).to.deep.equal([]);
    clock.advance(1000);
    expect(speech.heard).to.deep.equal(["Ada Lindqvist: Hi. there"]);
    list.items = [...list.items];
    await settled(list);
    clock.advance(5000);
    expect(speech.heard.length).to.equal(1);
  });

  it("never says history, own messages, or what was there on opening", async () => {
    list.items = [message({ seq: 0, key: "older" }), ...list.items];
    await settled(list);
    await arrive(message({ seq: 6, isOwn: true }), pendingMessage("p", "mine", 0));
    clock.advance(5000);
    expect(speech.heard).to.deep.equal([]);
  });

  it("[B2] interrupts once when an own message could not be sent", async () => {
    await arrive(pendingMessage("p", "mine", 0));
    const error = new ChatError("forbidden", "unable to send; forbidden");
    list.items = list.items.map((item) =>
      item.key === "p" && item.kind === "message"
        ? { ...item, delivery: { status: "failed", error } }
        : item,
    );
    await settled(list);
    list.items = [...list.items];
    await settled(list);
    expect(speech.heard).to.deep.equal(["! Message not sent"]);
  });

  it("speaks for one list only, the one last focused", async () => {
    const other = document.createElement("chat-message-list");
    other.items = messages(1, 5);
    await mount(other);
    clock.advance(2000);
    await arrive(message({ seq: 6, body: "first" }));
    other.items = [...other.items, message({ seq: 6, body: "second" })];
    await settled(other);
    clock.advance(1000);
    expect(speech.heard).to.deep.equal(["Ada Lindqvist: first"]);
    other.focusLatest();
    other.items = [...other.items, message({ seq: 7, body: "third" })];
    await arrive(message({ seq: 7, body: "fourth" }));
    await settled(other);
    clock.advance(1000);
    expect(speech.heard.at(-1)).to.equal("Ada Lindqvist: third");
    other.remove();
  });
});
