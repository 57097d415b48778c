import { expect } from "@open-wc/testing";
import "../define.js";
import type { ChatProvider } from "../components/chat-provider/chat-provider.js";
import type { ChatRoom } from "../components/chat-room/chat-room.js";
import { FakeChat } from "../testing/fake-chat.js";
import { mount, settled } from "../testing/mount.js";
import { textOf, within } from "../testing/query.js";

describe("who a room is used by", () => {
  function roomWith(change: Partial<ChatRoom>): ChatRoom {
    return Object.assign(document.createElement("chat-room"), { room: "lobby" }, change);
  }

  it("reads a token once and takes it out of the page", () => {
    const box = document.createElement("div");
    const room = document.createElement("chat-room");
    room.setAttribute("token", "a.b.c");
    box.append(room);
    expect(room.hasAttribute("token")).to.equal(false);
    expect(room.token).to.equal("a.b.c");
    expect(box.outerHTML).not.to.contain("a.b.c");
  });

  it("shares one client between rooms of the same identity, and only those", async () => {
    const server = "http://127.0.0.1:9";
    const first = await mount(roomWith({ server, token: "a" }));
    const second = await mount(roomWith({ server, token: "a", room: "garden" }));
    const stranger = await mount(roomWith({ server, token: "b" }));
    expect(first.access?.chat).to.equal(second.access?.chat);
    expect(first.access?.chat).not.to.equal(stranger.access?.chat);
  });

  it("takes the page's own client before everything else", async () => {
    const chat = new FakeChat();
    const room = await mount(roomWith({ client: chat.asChat(), token: "a" }));
    expect(room.access?.chat).to.equal(chat.asChat());
    room.access?.renew();
    expect(chat.calls).to.deep.equal(["connect"]);
  });

  it("finds a provider at any height, with its language and time zone", async () => {
    const chat = new FakeChat();
    const provider: ChatProvider = document.createElement("chat-provider");
    provider.client = chat.asChat();
    provider.locale = "de";
    const room = roomWith({});
    const wrapper = document.createElement("div");
    wrapper.attachShadow({ mode: "open" }).append(room);
    provider.append(wrapper);
    await mount(provider);
    await settled(room);
    expect(chat.room("lobby").openCount).to.equal(1);
    expect(textOf(within(room, ".title"))).to.equal("Lobby");
    const next = new FakeChat();
    provider.client = next.asChat();
    await settled(provider);
    await settled(room);
    expect(next.room("lobby").openCount).to.equal(1);
    expect(chat.room("lobby").openCount).to.equal(0);
  });

  it("asks the page to sign in again, and does it itself unless prevented", async () => {
    const chat = new FakeChat();
    const room = await mount(roomWith({ client: chat.asChat() }));
    chat.$connection.set({ status: "closed", error: refused() });
    await settled(room);
    const status = within(room, "chat-connection-status");
    await expect(room).to.be.accessible();
    expect(textOf(within(status, ".banner"))).to.contain("Your session has expired.");
    const prevent = (event: Event): void => event.preventDefault();
    document.addEventListener("chat-auth-required", prevent);
    within(status, "button").click();
    document.removeEventListener("chat-auth-required", prevent);
    expect(chat.calls).to.deep.equal([]);
    within(status, "button").click();
    expect(chat.calls).to.deep.equal(["connect"]);
  });

  function refused(): never {
    const error = { name: "ChatError", code: "unauthenticated", retry: "refresh-token" };
    return error as never;
  }
});
