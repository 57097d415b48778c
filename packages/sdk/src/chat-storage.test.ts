import { describe, expect, it } from "vitest";
import { SampleLog, sampleWelcome } from "./testing/sample-log.js";
import { VirtualPages as World } from "./testing/virtual-pages.js";

const { ada } = SampleLog;

describe("what is sent", () => {
  it("[B1] is shown at once and handed to the socket only when it is kept", () => {
    const world = new World();
    const page = world.open();
    page.goLive();
    page.room.send("hello");
    expect(page.shown).toEqual(["hello (pending)"]);
    expect(page.sent).toEqual([]);
    world.pass(50);
    expect(page.sent).toEqual(["hello"]);
  });

  it("[B1] waits for the storage to be found, also on a line that is live", () => {
    const world = new World();
    const page = world.open({ token: () => "opaque" });
    page.room.send("hello");
    page.chat.connect();
    world.pass(50);
    expect(page.chat.$storage.get()).toEqual({ status: "opening" });
    page.socket.open();
    page.socket.deliver(sampleWelcome());
    expect(page.sent).toEqual([]);
    world.pass(50);
    expect(page.chat.$storage.get()).toEqual({ status: "persistent" });
    expect(page.sent).toEqual(["hello"]);
  });

  it("[B1] [B4] outlives a page that was killed, is shown at once, and is sent once", () => {
    const world = new World();
    world.log.appendMany(3);
    const first = world.open();
    first.goLive();
    first.room.send("one");
    first.room.send("two");
    world.pass(3_000);
    first.kill();
    const second = world.open({ user: ada.id });
    second.room.open();
    world.pass(100);
    expect(second.shown.slice(-2)).toEqual(["one (pending)", "two (pending)"]);
    second.socket.open();
    second.socket.deliver(sampleWelcome());
    world.pass(50);
    expect(second.sent).toEqual(["one", "two"]);
    expect(second.socket.framesOf("op").map(({ id }) => id)).toEqual(
      first.socket.framesOf("op").map(({ id }) => id),
    );
  });

  it("[B4] is shown in the other tabs, from being asked for to its place in the log", () => {
    const world = new World();
    const first = world.open();
    const second = world.open();
    first.goLive();
    second.goLive();
    const { id } = first.room.send("hello");
    world.pass(50);
    expect(second.shown).toEqual(["hello (pending)"]);
    expect(second.sent).toEqual([]);
    const event = world.log.append({ id, body: "hello", by: ada });
    first.socket.deliver(event);
    world.pass(50);
    expect(first.shown).toEqual(["hello"]);
    expect(second.shown).toEqual(["hello"]);
    second.socket.deliver(event);
    world.pass(20_000);
    expect(second.shown).toEqual(["hello"]);
  });

  it("[B2] that failed in another tab is retried or discarded from here", () => {
    const world = new World();
    const first = world.open();
    const second = world.open();
    first.goLive();
    second.goLive();
    const ops = [first.room.send("one"), first.room.send("two")];
    world.pass(50);
    const { room } = world.log;
    for (const { id } of ops) first.socket.deliver({ t: "nack", room, id, code: "muted" });
    world.pass(50);
    expect(second.shown).toEqual(["one (failed)", "two (failed)"]);
    const [one, two] = ops.map(({ id }) => id);
    second.room.discard(one ?? "");
    second.room.retry(two ?? "");
    world.pass(50);
    expect(first.shown).toEqual(["two (pending)"]);
    expect(second.shown).toEqual(["two (pending)"]);
    expect(second.sent).toEqual(["two"]);
  });

  it("[B1] goes out from memory when the storage fails, and that is said", () => {
    const world = new World();
    world.browser.problem = "full";
    const page = world.open();
    page.goLive();
    page.room.send("hello");
    world.pass(50);
    expect(page.chat.$storage.get()).toEqual({ status: "memory", reason: "full" });
    expect(page.sent).toEqual(["hello"]);
    expect(page.shown).toEqual(["hello (pending)"]);
  });

  it("[B1] is lost by nobody when the storage fails under it", () => {
    const world = new World();
    const page = world.open();
    page.goLive();
    page.room.send("one");
    world.pass(50);
    page.tab.problem = "unavailable";
    page.room.send("two");
    page.room.send("three");
    world.pass(50);
    expect(page.sent).toEqual(["one", "two", "three"]);
    expect(page.chat.$storage.get()).toEqual({ status: "memory", reason: "unavailable" });
  });

  it("[O11] is taken back by a fence when its record can be erased no more", () => {
    const world = new World();
    const page = world.open();
    const { id } = page.room.send("hello");
    world.pass(50);
    page.tab.problem = "unavailable";
    page.room.setDraft("more");
    world.pass(5_000);
    expect(page.chat.$storage.get().status).toBe("memory");
    page.room.discard(id);
    page.goLive();
    expect(page.socket.framesOf("op")).toMatchObject([{ k: "fence" }]);
  });
});

describe("a page without a line", () => {
  it("shows the room as it was, with what waits, and catches up from there", () => {
    const world = new World();
    world.log.appendMany(3);
    const first = world.open();
    first.goLive();
    world.pass(3_000);
    expect(first.shown).toHaveLength(3);
    const bodies = first.shown;
    first.tab.leave();
    first.isAlive = false;
    const second = world.open();
    second.platform.network.isOnline = () => false;
    second.room.open();
    world.pass(100);
    expect(second.shown).toEqual(bodies);
    expect(second.room.$state.get().status).toBe("catching-up");
    expect(second.room.$state.get().info).toMatchObject({ id: world.log.room });
    expect(second.chat.$me.get()).toMatchObject({ id: ada.id });
    second.platform.network.isOnline = () => true;
    second.chat.connect();
    world.pass(100);
    second.socket.open();
    expect(second.socket.framesOf("hello")[0]?.rooms[world.log.room]?.cur?.seq).toBe(3);
  });

  it("[L8] shows the room list as it was, unless a line has told of the room before", () => {
    const world = new World();
    world.log.appendMany(3);
    const info = { id: world.log.room, kind: "public", name: "Lobby" } as const;
    const listed = { t: "room", room: info.id, room_info: info, mentions: 1 } as const;
    const first = world.open();
    first.goLive();
    first.socket.deliver({ ...listed, head: 9, count: 9, readSeq: 7, readCount: 7 });
    world.pass(3_000);
    first.kill();
    const second = world.open();
    second.room.open();
    world.pass(100);
    expect(second.chat.$unread.get()).toEqual({ unread: 2, mentions: 1 });
    second.socket.open();
    second.socket.deliver(sampleWelcome());
    second.socket.deliver({ ...listed, head: 3, count: 3, readSeq: 2, readCount: 2 });
    expect(second.chat.$unread.get()).toEqual({ unread: 1, mentions: 1 });
  });

  it("knows its user's messages in a room that another tab has loaded meanwhile", () => {
    const world = new World();
    world.log.append({ by: ada });
    const first = world.open();
    const second = world.open();
    second.platform.network.isOnline = () => false;
    second.chat.connect();
    world.pass(100);
    first.goLive();
    world.pass(3_000);
    second.room.open();
    world.pass(100);
    const own = second.room.$timeline.get().map((item) => item.kind === "message" && item.isOwn);
    expect(own).toEqual([false, true]);
  });

  it("keeps drafts, and shares them with the other tabs", () => {
    const world = new World();
    const first = world.open();
    const second = world.open();
    first.room.open();
    second.room.open();
    world.pass(100);
    first.room.setDraft("Hello");
    world.pass(50);
    expect(second.room.$draft.get()).toBe("Hello");
    second.room.setDraft("Hello you");
    world.pass(1_000);
    first.kill();
    second.kill();
    const third = world.open();
    third.room.open();
    world.pass(100);
    expect(third.room.$draft.get()).toBe("Hello you");
  });

  it("[R1] says later what was read in a page that is gone", () => {
    const world = new World();
    world.log.appendMany(3);
    const first = world.open();
    first.goLive();
    world.pass(3_000);
    first.room.markRead();
    world.pass(500);
    first.kill();
    const second = world.open();
    second.room.open();
    world.pass(100);
    second.socket.open();
    second.socket.deliver(sampleWelcome());
    world.pass(2_000);
    expect(second.socket.framesOf("read")).toEqual([{ t: "read", room: world.log.room, seq: 3 }]);
  });
});

describe("whose it is", () => {
  it("sends nothing that another user left, and ends when the server knows somebody else", () => {
    const world = new World();
    const first = world.open();
    first.goLive();
    first.room.send("mine");
    world.pass(50);
    first.kill();
    const second = world.open({ user: ada.id });
    second.room.open();
    world.pass(100);
    second.socket.open();
    const other = { id: "ben", name: "Ben", kind: "user" } as const;
    second.socket.deliver(sampleWelcome({ me: other }));
    world.pass(50);
    expect(second.sent).toEqual([]);
    expect(second.chat.$connection.get()).toMatchObject({ status: "closed" });
  });

  it("is forgotten when somebody signs out, and late news changes nothing", () => {
    const world = new World();
    const first = world.open();
    const second = world.open();
    first.goLive();
    second.goLive();
    first.room.send("mine");
    first.room.setDraft("a draft");
    world.pass(3_000);
    first.chat.signOut();
    world.pass(100);
    expect(first.chat.$connection.get().status).toBe("closed");
    expect(second.chat.$storage.get()).toEqual({ status: "memory", reason: "signed-out" });
    expect(second.chat.$connection.get()).toMatchObject({
      status: "closed",
      error: { code: "closed" },
    });
    second.room.setDraft("another");
    world.pass(3_000);
    second.kill();
    const third = world.open({ user: ada.id });
    third.room.open();
    world.pass(40_000);
    expect([third.shown, third.room.$draft.get()]).toEqual([[], ""]);
  });
});
