import { ChatError, type ErrorCode, type OperationStatus, type TimelineMessage } from "@confab/sdk";
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import "../../define.js";
import { ChatDeleteEvent } from "../../events/chat-delete.js";
import { ChatDiscardEvent } from "../../events/chat-discard.js";
import { ChatEditStartEvent } from "../../events/chat-edit-start.js";
import { ChatReactEvent } from "../../events/chat-react.js";
import { ChatRetryEvent } from "../../events/chat-retry.js";
import { FakeChat, type FakeRoom } from "../../testing/fake-chat.js";
import { FakeStore } from "../../testing/fake-store.js";
import { message, messages } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import { allWithin, textOf, within } from "../../testing/query.js";
import type { ChatComposer } from "../chat-composer/chat-composer.js";
import type { ChatMessageList } from "../chat-message-list/chat-message-list.js";
import type { ChatRoom } from "./chat-room.js";

describe("changes in chat-room", () => {
  let room: ChatRoom;
  let chat: FakeChat;
  let lobby: FakeRoom;
  const own = message({ seq: 6, isOwn: true, by: "me", body: "mine", at: Date.now() });

  beforeEach(async () => {
    chat = new FakeChat();
    lobby = chat.room("lobby");
    lobby.$timeline.set([...messages(1, 5), own]);
    lobby.state({ readSeq: 3, unread: 2 });
    room = document.createElement("chat-room");
    room.client = chat.asChat();
    room.room = "lobby";
    room.sendOn = "enter";
    await mount(room);
  });

  const composer = (): ChatComposer => within(room, "chat-composer");
  const list = (): ChatMessageList => within(room, "chat-message-list");
  const field = (): HTMLTextAreaElement => within(composer(), "textarea");

  it("edits in the field, and asks the SDK when it is saved", async () => {
    new ChatEditStartEvent(own).requestFrom(list());
    await settled(room);
    expect(field().value).to.equal("mine");
    await sendKeys({ press: "End" });
    await sendKeys({ type: " too" });
    await sendKeys({ press: "Enter" });
    expect(lobby.calls).to.deep.equal(["edit key-6 mine too"]);
    await settled(room);
    expect(field().value).to.equal("");
  });

  it("[H3] offers editing for as long, and takes as much text, as the server says", async () => {
    await settled(room);
    expect([list().editWindowMs, composer().maxLength]).to.deep.equal([900_000, 4_000]);
    chat.$limits.set({ ...chat.$limits.get(), editWindowMs: 60_000, bodyMaxCodePoints: 200 });
    await settled(room);
    expect([list().editWindowMs, composer().maxLength]).to.deep.equal([60_000, 200]);
  });

  it("takes an edit nowhere when another room is shown", async () => {
    composer().value = "a draft";
    await settled(room);
    new ChatEditStartEvent(own).requestFrom(list());
    await settled(room);
    room.room = "garden";
    await settled(room);
    expect(composer().editing).to.equal(undefined);
    room.room = "lobby";
    await settled(room);
    expect(composer().value).to.equal("a draft");
  });

  it("reacts and deletes unless the page prevents it", () => {
    const react = (on: boolean): boolean =>
      new ChatReactEvent({ message: own, emoji: "👍", on }).requestFrom(list());
    react(true);
    react(false);
    new ChatDeleteEvent(own).requestFrom(list());
    expect(lobby.calls).to.deep.equal(["react key-6 👍", "unreact key-6 👍", "delete key-6"]);
    room.addEventListener("chat-delete", (event) => event.preventDefault());
    expect(new ChatDeleteEvent(own).requestFrom(list())).to.equal(false);
    expect(lobby.calls.length).to.equal(3);
  });

  it("[B2] tells under the field why a reaction came to nothing", async () => {
    const errors: unknown[] = [];
    room.addEventListener("chat-error", ({ detail }) => errors.push(detail.error));
    lobby.failure = new ChatError("target_gone", "unable to react; gone");
    new ChatReactEvent({ message: own, emoji: "👍", on: true }).requestFrom(list());
    await settled(room);
    expect(textOf(within(composer(), ".reason"))).to.equal(
      "That did not work. The message is gone.",
    );
    expect(errors).to.deep.equal([lobby.failure]);
    await expect(room).to.be.accessible();
  });

  describe("[O11] a message that may have been sent when it is taken back", () => {
    const delivery = { status: "pending", since: 0 } as const;
    const pending: TimelineMessage = { ...own, key: "p", id: "p", body: "oh no", delivery };
    let ending: FakeStore<OperationStatus>;

    function fail(code: ErrorCode): Promise<unknown> {
      ending.set({ status: "failed", error: new ChatError(code, "unable to send") });
      return settled(room);
    }

    beforeEach(async () => {
      ending = new FakeStore<OperationStatus>({ status: "pending" });
      lobby.ending = ending;
      new ChatDiscardEvent(pending).requestFrom(list());
      await settled(room);
    });

    it("[O11] gives its text back only when the server says that it was in time", async () => {
      expect(composer().value).to.equal("");
      await fail("cancelled");
      expect(composer().value).to.equal("oh no");
    });

    it("[O11] gives nothing back when it was too late", async () => {
      ending.set({ status: "acked", seq: 7, at: 1 });
      await settled(room);
      expect(composer().value).to.equal("");
    });

    it("[O11] leaves alone what was written meanwhile", async () => {
      composer().value = "something else";
      await fail("expired");
      expect(composer().value).to.equal("something else");
    });

    it("[O11] gives it back to its own room when another is shown by then", async () => {
      room.room = "garden";
      await settled(room);
      await fail("cancelled");
      expect(composer().value).to.equal("");
      expect(lobby.$draft.get()).to.equal("oh no");
    });
  });

  it("[B2] retries and discards a refused edit by its own id, and gives its text back", () => {
    const error = new ChatError("forbidden", "unable to edit; forbidden");
    const refused: TimelineMessage = { ...own, failedEdit: { id: "op", body: "new", error } };
    new ChatRetryEvent(refused).requestFrom(list());
    new ChatDiscardEvent(refused).requestFrom(list());
    expect(lobby.calls).to.deep.equal(["retry op", "discard op"]);
    expect(composer().value).to.equal("new");
  });

  it("[P1] tells the room of typing, and shows who else does", async () => {
    room.focus();
    await sendKeys({ type: "ab" });
    expect(lobby.typingCount).to.equal(2);
    lobby.$typing.set([{ id: "ana", name: "Ana", kind: "user" }]);
    await settled(room);
    expect(textOf(within(within(room, "chat-typing"), ".line"))).to.equal("Ana is typing");
    await expect(room).to.be.accessible();
  });

  it("[R1] marks as read what is in view", async () => {
    window.dispatchEvent(new FocusEvent("focus"));
    expect(lobby.reads).to.deep.equal([6]);
    lobby.arrive(message({ seq: 7 }));
    await settled(room);
    expect(lobby.reads).to.deep.equal([6, 7]);
  });

  it("keeps the line above what was new at the opening, until one writes", async () => {
    const lines = (): number => allWithin(list(), ".unread").length;
    expect(lines()).to.equal(1);
    lobby.state({ readSeq: 6, unread: 0 });
    await settled(room);
    expect(list().unreadAfter).to.equal(3);
    room.send("an answer");
    await settled(room);
    expect(lines()).to.equal(0);
    room.room = "garden";
    await settled(room);
    room.room = "lobby";
    await settled(room);
    expect(list().unreadAfter).to.equal(6);
  });

  it("puts the line below what was read when the page was hidden", async () => {
    lobby.state({ readSeq: 6, unread: 0 });
    await settled(room);
    Object.defineProperty(document, "visibilityState", { configurable: true, value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    Reflect.deleteProperty(document, "visibilityState");
    lobby.arrive(message({ seq: 7 }));
    await settled(room);
    expect(list().unreadAfter).to.equal(6);
    expect(allWithin(list(), ".unread").length).to.equal(1);
  });
});
