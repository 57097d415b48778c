import { expect } from "@open-wc/testing";
import "../define.js";
import type { ChatGuestForm } from "../components/chat-guest-form/chat-guest-form.js";
import type { ChatRoom } from "../components/chat-room/chat-room.js";
import { mount, settled } from "../testing/mount.js";
import { textOf, within } from "../testing/query.js";

interface Asked {
  readonly url: string;
  readonly name: string;
  readonly authorization: string | null;
}

describe("a visitor without an account", () => {
  const realFetch = window.fetch;
  let asked: Asked[];
  let answer: () => Response;
  let server = 0;

  beforeEach(() => {
    asked = [];
    // Another server for every test: identities are kept per server.
    server += 1;
    sessionStorage.clear();
    localStorage.clear();
    answer = () => guestAnswer("guest:1");
    window.fetch = (input, init) => {
      const request = new Request(input, init);
      return request
        .clone()
        .json()
        .then((body: { name: string }) => {
          const authorization = request.headers.get("authorization");
          asked.push({ url: request.url, name: body.name, authorization });
          return answer();
        });
    };
  });

  afterEach(() => {
    window.fetch = realFetch;
  });

  function guestAnswer(id: string, expiresInMs = 3_600_000): Response {
    const user = { id, name: asked.at(-1)?.name ?? "", kind: "guest" };
    const token = `token-${asked.length}`;
    return Response.json({ token, expiresAt: Date.now() + expiresInMs, user });
  }

  async function open(storage: ChatRoom["guestStorage"] = "session"): Promise<ChatRoom> {
    const room = document.createElement("chat-room");
    room.room = "lobby";
    room.server = `http://127.0.0.1:${9000 + server}`;
    room.guestStorage = storage;
    await mount(room);
    return room;
  }

  const formOf = (room: ChatRoom): ChatGuestForm => within(room, "chat-guest-form");

  async function join(room: ChatRoom, name: string): Promise<void> {
    const form = formOf(room);
    form.name = name;
    await settled(form);
    within(form, "button").click();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await settled(room);
  }

  it("is asked for a name once, and then has a field to write in", async () => {
    const room = await open();
    await expect(room).to.be.accessible();
    await join(room, "  Ada ");
    expect(asked.map(({ name }) => name)).to.deep.equal(["Ada"]);
    expect(asked[0]?.url).to.equal(`http://127.0.0.1:${9000 + server}/v1/auth/guest`);
    expect(within(room, "chat-composer")).to.be.instanceOf(HTMLElement);
    const again = await open();
    expect(again.shadowRoot?.querySelector("chat-guest-form")).to.equal(null);
    expect(asked.length).to.equal(1);
  });

  it("has to give a name that is one", async () => {
    const room = await open();
    await join(room, "   ");
    expect(textOf(within(formOf(room), "[role=alert]"))).to.equal("Please enter a name.");
    expect(asked).to.deep.equal([]);
    await expect(room).to.be.accessible();
  });

  it("is told why the server refused, and can try again", async () => {
    const room = await open();
    answer = () =>
      Response.json({ error: { code: "rate_limited", message: "slow down" } }, { status: 429 });
    await join(room, "Ada");
    expect(textOf(within(formOf(room), "[role=alert]"))).to.contain("Too many people");
    answer = () => guestAnswer("guest:1");
    await join(room, "Ada");
    expect(room.shadowRoot?.querySelector("chat-guest-form")).to.equal(null);
  });

  it("is kept where the page says: the tab, the browser, or nowhere", async () => {
    await join(await open("session"), "Ada");
    expect(sessionStorage.length).to.equal(1);
    expect(localStorage.length).to.equal(0);
    await join(await open("local"), "Bo");
    expect(localStorage.length).to.equal(1);
    await join(await open("memory"), "Cy");
    expect(sessionStorage.length + localStorage.length).to.equal(2);
    expect(asked.map(({ name }) => name)).to.deep.equal(["Ada", "Bo", "Cy"]);
  });

  it("is the same in all rooms of a page, whichever asked", async () => {
    const [first, second] = [await open(), await open()];
    await join(first, "Ada");
    await settled(second);
    expect(second.shadowRoot?.querySelector("chat-guest-form")).to.equal(null);
    expect(first.access?.chat).to.equal(second.access?.chat);
    expect(asked.length).to.equal(1);
  });

  it("is asked by any room of a provider, and known to all of them", async () => {
    const provider = document.createElement("chat-provider");
    provider.server = `http://127.0.0.1:${9000 + server}`;
    const rooms = ["lobby", "garden"].map((id) => {
      const room = document.createElement("chat-room");
      room.room = id;
      provider.append(room);
      return room;
    }) as [ChatRoom, ChatRoom];
    await mount(provider);
    await settled(rooms[0]);
    await join(rooms[1], "Ada");
    await settled(rooms[0]);
    expect(rooms[0].shadowRoot?.querySelector("chat-guest-form")).to.equal(null);
    expect(rooms[0].access?.chat).to.equal(rooms[1].access?.chat);
    expect(asked.length).to.equal(1);
  });

  it("stays the same guest when the token is over", async () => {
    answer = () => guestAnswer("guest:1", 1000);
    const room = await open();
    await join(room, "Ada");
    const before = asked.length;
    await room.access?.guest?.token("initial");
    expect(asked.length).to.equal(before + 1);
    expect(asked.at(-1)).to.deep.include({ name: "Ada", authorization: `Bearer token-${before}` });
    expect(room.access?.guest?.lastName).to.equal("Ada");
  });

  it("becomes a new guest of the same name when the server forgot the old one", async () => {
    const room = await open();
    await join(room, "Ada");
    answer = () =>
      asked.at(-1)?.authorization === null
        ? guestAnswer("guest:2")
        : Response.json({ error: { code: "unauthenticated", message: "?" } }, { status: 401 });
    await room.access?.guest?.token("refused");
    expect(room.access?.guest?.guest).to.include({ id: "guest:2", name: "Ada" });
  });

  it("is asked again, with the name as it was, after signing out", async () => {
    const room = await open();
    await join(room, "Ada");
    room.access?.guest?.forget();
    await settled(room);
    expect(formOf(room).name).to.equal("Ada");
    expect(sessionStorage.length).to.equal(0);
  });
});
