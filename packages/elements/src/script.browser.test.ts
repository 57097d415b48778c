import { expect } from "@open-wc/testing";
import type { ChatRoom } from "./components/chat-room/chat-room.js";
import { FakeChat } from "./testing/fake-chat.js";
import { message, messages } from "./testing/message-fixture.js";
import { nextFrame } from "./testing/mount.js";

/** The built bundle as a page uses it: `npm run build` comes before these tests. */
describe("the script tag", () => {
  const frames: HTMLIFrameElement[] = [];

  afterEach(() => {
    for (const frame of frames.splice(0)) frame.remove();
  });

  async function open(address: string): Promise<Document> {
    const frame = document.createElement("iframe");
    frame.src = address;
    frames.push(frame);
    await new Promise((resolve) => {
      frame.onload = resolve;
      document.body.append(frame);
    });
    return frame.contentDocument as Document;
  }

  for (const kind of ["module", "classic"]) {
    it(`gives a room to a page with a strict policy, as a ${kind} script`, async () => {
      const page = await open(`/packages/elements/src/testing/pages/${kind}.html`);
      const violations: string[] = [];
      page.addEventListener("securitypolicyviolation", (event) => {
        violations.push(event.violatedDirective);
      });
      const room = page.querySelector("chat-room");
      await nextFrame();
      expect(room?.shadowRoot?.querySelector("chat-guest-form")?.shadowRoot).to.not.equal(null);
      const chat = new FakeChat();
      chat
        .room("lobby")
        .$timeline.set([...messages(1, 5), message({ seq: 6, body: "http://a.b" })]);
      Object.assign(room ?? {}, { client: chat.asChat() });
      await nextFrame();
      const list = room?.shadowRoot?.querySelector("chat-message-list");
      expect(list?.shadowRoot?.querySelectorAll("[role=article]").length).to.equal(6);
      expect(violations).to.deep.equal([]);
      // The listener hears: the policy of this page forbids what follows.
      page.body.setAttribute("style", "color: red");
      await nextFrame();
      expect(violations).to.deep.equal(["style-src-attr"]);
    });

    it(`connects to where it came from, as a ${kind} script`, async () => {
      const page = await open("/packages/elements/src/testing/pages/empty.html");
      const addresses: string[] = [];
      Object.assign(page.defaultView ?? {}, { WebSocket: socketThatTells(addresses) });
      // Another name of this machine is another origin than the page's.
      const origin = location.origin.replace("localhost", "127.0.0.1");
      addRoom(page, "a.b.c");
      await load(`${origin}/packages/elements/dist/chat.js`, page, kind);
      for (let frame = 0; frame < 50 && addresses.length === 0; frame += 1) await nextFrame();
      expect(addresses[0]).to.equal(`${origin.replace("http", "ws")}/v1/ws`);
    });

    it(`does without a part that is not there, and asks again, as a ${kind} script`, async () => {
      const page = await open("/packages/elements/src/testing/pages/empty.html");
      Object.assign(page.defaultView ?? {}, { WebSocket: socketThatTells([]) });
      const origin = location.origin.replace("localhost", "127.0.0.1");
      await load(`${origin}/absent-once/${kind}/chat.js`, page, kind);
      const storageOf = async (user: string, until: string): Promise<unknown> => {
        const room = addRoom(page, `x.${btoa(JSON.stringify({ sub: user }))}.y`);
        await room.updateComplete;
        const { access } = room;
        const state = await new Promise((resolve) => {
          access?.chat?.$storage.subscribe((now) => {
            if (now.status === until) resolve(now);
          });
        });
        access?.chat?.signOut();
        return state;
      };
      expect(await storageOf("ana", "memory")).to.deep.equal({
        status: "memory",
        reason: "unavailable",
      });
      expect(await storageOf("bo", "persistent")).to.deep.equal({ status: "persistent" });
    });
  }
});

/** Adds the bundle to a page, from this address. */
async function load(address: string, page: Document, kind: string): Promise<void> {
  const script = page.createElement("script");
  if (kind === "module") script.type = "module";
  script.src = address;
  const isLoaded = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
  });
  page.body.append(script);
  await isLoaded;
}

function addRoom(page: Document, token: string): ChatRoom {
  const room = page.createElement("chat-room");
  room.setAttribute("room", "lobby");
  room.setAttribute("token", token);
  page.body.append(room);
  return room;
}

/** A socket class that never connects and says where it was sent. */
function socketThatTells(addresses: string[]): unknown {
  return class extends EventTarget {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly readyState = 0;

    constructor(address: string | URL) {
      super();
      addresses.push(String(address));
    }

    send(): void {
      // Goes nowhere.
    }

    close(): void {
      // Was never open.
    }
  };
}
