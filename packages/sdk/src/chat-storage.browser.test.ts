import { expect } from "@open-wc/testing";
import type { Chat } from "./chat.js";
import { createChat } from "./create-chat.js";

/** Port 1 is closed, or forbidden by the browser, which is the same to a client. */
const NOBODY = "http://127.0.0.1:1";

/** Resolves when the condition holds after a change of the store. */
function until<Value>(
  store: { subscribe(listener: (value: Value) => void): () => void },
  holds: (value: Value) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    store.subscribe((value) => {
      if (holds(value)) resolve();
    });
  });
}

describe("a chat that is kept by this browser", () => {
  const chats: Chat[] = [];

  function open(user: string, storage: "indexeddb" | "memory" = "indexeddb"): Chat {
    const chat = createChat({ url: NOBODY, user, storage, token: () => "a.b.c" });
    chats.push(chat);
    chat.room("lobby").open();
    return chat;
  }

  async function opened(user: string): Promise<Chat> {
    const chat = open(user);
    await until(chat.$storage, ({ status }) => status === "persistent");
    return chat;
  }

  afterEach(() => {
    for (const chat of chats.splice(0)) chat.signOut();
  });

  it("[B1] shows after a reload what was sent without a line, and the draft", async () => {
    const first = await opened("ana");
    const { id } = first.room("lobby").send("hello");
    first.room("lobby").setDraft("and then");
    first.close();
    const second = await opened("ana");
    await until(second.room("lobby").$timeline, (items) => items.some(({ key }) => key === id));
    expect(second.room("lobby").$draft.get()).to.equal("and then");
  });

  it("[B4] shows in one tab what another has sent, and shares drafts", async () => {
    const first = await opened("bo");
    const second = await opened("bo");
    const { id } = first.room("lobby").send("hello");
    await until(second.room("lobby").$timeline, (items) => items.some(({ key }) => key === id));
    second.room("lobby").setDraft("here");
    await until(first.room("lobby").$draft, (text) => text === "here");
    second.room("lobby").discard(id);
    await until(first.room("lobby").$timeline, (items) => items.length === 0);
    await until(second.room("lobby").$timeline, (items) => items.length === 0);
  });

  it("[B1] says so when nothing is kept, because it was asked for or cannot be", async () => {
    expect(open("cleo", "memory").$storage.get()).to.deep.equal({ status: "memory" });
    const real = Object.getOwnPropertyDescriptor(IDBFactory.prototype, "open");
    Object.defineProperty(IDBFactory.prototype, "open", {
      ...real,
      value() {
        throw new DOMException("not here", "SecurityError");
      },
    });
    const chat = open("cleo");
    await until(chat.$storage, ({ status }) => status === "memory");
    Object.defineProperty(IDBFactory.prototype, "open", real ?? {});
    expect(chat.$storage.get()).to.deep.equal({ status: "memory", reason: "refused" });
    const { id } = chat.room("lobby").send("hello");
    expect(chat.room("lobby").$timeline.get().at(-1)?.key).to.equal(id);
  });

  it("forgets who signed out", async () => {
    const first = await opened("dan");
    first.room("lobby").setDraft("secret");
    first.room("lobby").send("hello");
    first.signOut();
    const second = await opened("dan");
    expect(second.room("lobby").$draft.get()).to.equal("");
    expect(second.room("lobby").$timeline.get()).to.deep.equal([]);
  });
});
