import { ChatError } from "@confab/sdk";
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import "../../define.js";
import { FakeChat, type FakeRoom } from "../../testing/fake-chat.js";
import { message, messages } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import { allWithin, textOf, within } from "../../testing/query.js";
import type { ChatComposer } from "../chat-composer/chat-composer.js";
import type { ChatMessageList } from "../chat-message-list/chat-message-list.js";
import type { ChatRoom } from "./chat-room.js";

describe("chat-room", () => {
  let room: ChatRoom;
  let chat: FakeChat;
  let lobby: FakeRoom;

  beforeEach(async () => {
    chat = new FakeChat();
    lobby = chat.room("lobby");
    lobby.$timeline.set(messages(1, 5));
    room = document.createElement("chat-room");
    room.client = chat.asChat();
    room.room = "lobby";
    room.sendOn = "enter";
    await mount(room);
  });

  const composer = (): ChatComposer => within(room, "chat-composer");
  const list = (): ChatMessageList => within(room, "chat-message-list");
  const field = (): HTMLTextAreaElement => within(composer(), "textarea");
  const rowTexts = (): string[] => allWithin(list(), ".body").map(textOf);

  async function write(text: string): Promise<void> {
    composer().value = text;
    await settled(composer());
    composer().submit();
    await settled(room);
  }

  it("is a landmark named by its room, with its heading, log and field", async () => {
    const section = within(room, "section");
    expect(section.getAttribute("aria-label")).to.equal("Chat: Lobby");
    expect(textOf(within(room, "[role=heading]"))).to.equal("Lobby");
    expect(within(list(), "[role=log]").getAttribute("aria-label")).to.equal("Messages in Lobby");
    expect(field().getAttribute("aria-label")).to.equal("Message Lobby");
    await expect(room).to.be.accessible();
  });

  it("sends what is written, shows it and keeps the focus in the field", async () => {
    room.focus();
    await sendKeys({ type: "hello" });
    await sendKeys({ press: "Enter" });
    await settled(room);
    expect(lobby.calls).to.deep.equal(["send hello"]);
    expect(rowTexts().at(-1)).to.equal("hello");
    expect(field().value).to.equal("");
    expect(composer().shadowRoot?.activeElement).to.equal(field());
  });

  it("lets the page prevent or change what is sent", async () => {
    const prevent = (event: Event): void => event.preventDefault();
    document.addEventListener("chat-send", prevent);
    await write("secret");
    document.removeEventListener("chat-send", prevent);
    expect(lobby.calls).to.deep.equal([]);
    expect(field().value).to.equal("secret");
    room.addEventListener("chat-send", (event) => (event.detail.draft.text += "!"), { once: true });
    await write("hi");
    expect(lobby.calls).to.deep.equal(["send hi!"]);
  });

  it("[B5] keeps the text when the outbox refuses it", async () => {
    lobby.refusal = new ChatError("outbox_full", "unable to send; full");
    await write("precious");
    expect(field().value).to.equal("precious");
  });

  it("[B2] retries and deletes a failed message, and gives its text back", async () => {
    const error = new ChatError("muted", "unable to send; muted");
    await write("sorry");
    lobby.settle("own-1", { delivery: { status: "failed", error } });
    await settled(room);
    const buttons = (): HTMLElement[] => allWithin(list(), ".failure button");
    buttons()[0]?.click();
    expect(lobby.calls.at(-1)).to.equal("retry own-1");
    buttons()[1]?.click();
    await settled(room);
    expect(lobby.calls.at(-1)).to.equal("discard own-1");
    expect(field().value).to.equal("sorry");
  });

  it("keeps a draft per room", async () => {
    composer().value = "for the lobby";
    room.room = "garden";
    await settled(room);
    expect(composer().value).to.equal("");
    expect(lobby.openCount).to.equal(0);
    expect(chat.room("garden").openCount).to.equal(1);
    composer().value = "for the garden";
    room.room = "lobby";
    await settled(room);
    expect(composer().value).to.equal("for the lobby");
  });

  it("takes over what is written for the room in another tab, and nothing else", async () => {
    composer().value = "mine";
    await settled(room);
    expect(lobby.$draft.get()).to.equal("mine");
    lobby.$draft.set("mine, continued");
    await settled(room);
    expect(field().value).to.equal("mine, continued");
    composer().submit();
    await settled(room);
    expect(lobby.calls.at(-1)).to.equal("send mine, continued");
    expect([field().value, lobby.$draft.get()]).to.deep.equal(["", ""]);
  });

  it("loads older messages when the list asks", async () => {
    lobby.state({ hasOlder: true });
    await settled(room);
    expect(lobby.calls).to.deep.equal(["loadOlder"]);
  });

  it("says that nothing may be written, once the server has said so", async () => {
    lobby.state({ status: "catching-up", capabilities: [] });
    await settled(room);
    expect(field()).to.be.instanceOf(HTMLTextAreaElement);
    lobby.state({ status: "live", capabilities: ["msg.read"] });
    await settled(room);
    expect(textOf(within(composer(), ".readonly"))).to.contain("not post");
    expect(room.matches(":state(readonly)")).to.equal(true);
    await expect(room).to.be.accessible();
  });

  it("tells when the room is not shown to this reader, and tries again on demand", async () => {
    const error = new ChatError("not_found", "unable to open; not found");
    lobby.state({ status: "failed", error });
    await settled(room);
    expect(textOf(within(room, "[role=alert]"))).to.contain("does not exist, or you may not");
    await expect(room).to.be.accessible();
    within(room, ".panel button").click();
    expect(lobby.openCount).to.equal(1);
    expect(chat.calls).to.deep.equal(["connect"]);
  });

  it("calls a room as the server will until its name is known", async () => {
    const { info: _unknown, ...unnamed } = lobby.$state.get();
    lobby.$state.set(unnamed);
    await settled(room);
    expect(textOf(within(room, "[role=heading]"))).to.equal("Lobby");
    expect(field().getAttribute("aria-label")).to.equal("Message Lobby");
    room.heading = "support";
    await settled(room);
    expect(textOf(within(room, "[role=heading]"))).to.equal("support");
  });

  it("tells whoever writes the page what is missing or impossible", async () => {
    room.room = "";
    await settled(room);
    expect(allWithin(room, "header").length).to.equal(0);
    expect(textOf(within(room, ".panel"))).to.contain("Add the attribute room");
    room.room = "No Such Room";
    await settled(room);
    expect(textOf(within(room, ".panel"))).to.contain("“No Such Room” cannot be");
  });

  it("draws bubbles where it is narrow or direct, unless told otherwise", async () => {
    expect(list().layout).to.equal("flat");
    room.parentElement?.classList.add("phone");
    await settled(room);
    expect(list().layout).to.equal("bubbles");
    room.layout = "flat";
    await settled(room);
    expect(list().layout).to.equal("flat");
    room.layout = "auto";
    room.parentElement?.classList.remove("phone");
    lobby.state({ info: { id: "lobby", kind: "direct", name: "Ada" } });
    await settled(room);
    expect(list().layout).to.equal("bubbles");
  });

  it("has its own light and dark, and follows the page by default", async () => {
    const scheme = (): string => getComputedStyle(room).colorScheme;
    expect(scheme()).to.equal("light");
    room.theme = "dark";
    await settled(room);
    expect(scheme()).to.equal("dark");
    await expect(room).to.be.accessible();
    const alone = document.createElement("chat-room");
    document.body.append(alone);
    await settled(alone);
    expect(getComputedStyle(alone).colorScheme).to.equal("light dark");
    alone.remove();
  });

  it("leads from the list to the field by writing, and back by Shift+Up", async () => {
    room.focusList();
    await sendKeys({ press: "x" });
    expect(composer().shadowRoot?.activeElement).to.equal(field());
    expect(field().value).to.equal("x");
    await sendKeys({ press: "Backspace" });
    await sendKeys({ down: "Shift" });
    await sendKeys({ press: "ArrowUp" });
    await sendKeys({ up: "Shift" });
    expect(list().shadowRoot?.activeElement?.getAttribute("role")).to.equal("article");
    await sendKeys({ press: "Escape" });
    expect(composer().shadowRoot?.activeElement).to.equal(field());
  });

  it("takes the focus to the field when the pill was pressed by keyboard", async () => {
    lobby.$timeline.set(messages(1, 80));
    await settled(room);
    within(list(), ".scroller").scrollBy({ top: -1500 });
    await settled(room);
    within(list(), ".jump").focus();
    await sendKeys({ press: "Enter" });
    await settled(room);
    expect(composer().shadowRoot?.activeElement).to.equal(field());
  });

  it("shows who one is while live, and a banner with a way out while it is not", async () => {
    const seen: string[] = [];
    room.addEventListener("chat-connection-change", (event) => seen.push(event.detail.status));
    expect(textOf(within(room, ".subtitle"))).to.equal("You are Bo Kim");
    const retryAt = 9e12;
    chat.$connection.set({ status: "waiting", attempt: 1, retryAt, reason: "lost" });
    await settled(room);
    expect(textOf(within(room, ".subtitle"))).to.equal("Offline");
    expect(room.matches(":state(offline)")).to.equal(true);
    expect(seen).to.deep.equal(["waiting"]);
  });

  it("keeps its room and its connection when it moves in the document", async () => {
    const other = document.createElement("div");
    document.body.append(other);
    other.append(room);
    await settled(room);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(lobby.openCount).to.equal(1);
    lobby.arrive(message({ seq: 6, body: "still here" }));
    await settled(room);
    expect(rowTexts().at(-1)).to.equal("still here");
    other.remove();
  });

  it("leaves nothing behind when it is gone", async () => {
    expect(chat.listenerCount).to.be.greaterThan(0);
    room.remove();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(chat.listenerCount).to.equal(0);
    expect(lobby.openCount).to.equal(0);
    expect(chat.calls).to.deep.equal([]);
  });

  it("shows the slots of the page in the places of its own words", async () => {
    lobby.$timeline.set([]);
    const words = document.createElement("p");
    words.slot = "empty";
    words.textContent = "Nobody here";
    room.append(words);
    await settled(room);
    const slot = within(list(), "slot[name=empty]") as HTMLSlotElement;
    expect(slot.assignedElements({ flatten: true })).to.deep.equal([words]);
    words.slot = "error";
    await settled(room);
    expect(textOf(within(list(), ".empty"))).to.contain("No messages yet");
  });

  it("can do without head, composer, faces and days", async () => {
    room.withoutHeader = true;
    room.withoutComposer = true;
    room.withoutAvatars = true;
    await settled(room);
    expect(allWithin(room, "header, chat-composer").length).to.equal(0);
    expect(allWithin(list(), ".avatar").length).to.equal(0);
    await expect(room).to.be.accessible();
  });
});
