import { describe, expect, it } from "vitest";
import type { RoomFrame } from "./protocol/reading.js";
import { SampleLog } from "./testing/sample-log.js";
import { ScriptedChat } from "./testing/scripted-chat.js";

const { ada, ben } = SampleLog;

/** A live room of three messages by Ben, of which one is read. */
function liveChat(): ScriptedChat {
  const scripted = new ScriptedChat();
  scripted.log.appendMany(3);
  scripted.room.open();
  scripted.greet();
  const { log, ref, socket } = scripted;
  const read = { seq: 1, count: 1 };
  socket.deliver(log.reset(ref), { ...log.synced(ref), read, unread: 2, mentions: 1 });
  return scripted;
}

function listed(room: string, change: Partial<RoomFrame> = {}): RoomFrame {
  return {
    t: "room",
    room,
    room_info: { id: room, kind: "public", name: room },
    head: 2,
    count: 2,
    readSeq: 1,
    readCount: 1,
    mentions: 0,
    ...change,
  };
}

function unreadOf({ room }: ScriptedChat): readonly (number | undefined)[] {
  const { unread, mentions, readSeq } = room.$state.get();
  return [unread, mentions, readSeq];
}

describe("reading", () => {
  it("[R2] unread comes from the server, and only markRead lowers it", () => {
    const scripted = liveChat();
    expect(unreadOf(scripted)).toEqual([2, 1, 1]);
    scripted.socket.deliver(scripted.log.append());
    expect(unreadOf(scripted)).toEqual([3, 1, 1]);
    scripted.room.markRead(2);
    expect(unreadOf(scripted)).toEqual([2, 1, 2]);
    scripted.room.markRead();
    expect(unreadOf(scripted)).toEqual([0, 0, 4]);
    scripted.room.markRead(3);
    expect(unreadOf(scripted)).toEqual([0, 0, 4]);
  });

  it("[R1] says the furthest position a second later, once, and again on the next line", () => {
    const scripted = liveChat();
    scripted.room.markRead(2);
    scripted.room.markRead();
    scripted.platform.clock.advance(999);
    expect(scripted.socket.framesOf("read")).toEqual([]);
    scripted.platform.clock.advance(1);
    expect(scripted.socket.framesOf("read")).toEqual([{ t: "read", room: "lobby", seq: 3 }]);
    scripted.platform.clock.advance(9_000);
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    scripted.platform.clock.advance(1_000);
    expect(scripted.socket.framesOf("read")).toEqual([{ t: "read", room: "lobby", seq: 3 }]);
    const receipt = { t: "receipt", room: "lobby", user: ada.id, seq: 3, count: 3 } as const;
    scripted.socket.deliver(receipt);
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    expect(scripted.socket.framesOf("read")).toEqual([]);
    expect(unreadOf(scripted)).toEqual([0, 0, 3]);
  });

  it("[R1] what was read without a line is said a second after there is one", () => {
    const scripted = liveChat();
    scripted.socket.fail(1006);
    scripted.room.markRead();
    expect(unreadOf(scripted)).toEqual([0, 0, 3]);
    scripted.platform.clock.advance(1_000);
    scripted.greet();
    scripted.platform.clock.advance(999);
    expect(scripted.socket.framesOf("read")).toEqual([]);
    scripted.platform.clock.advance(1);
    expect(scripted.socket.framesOf("read")).toEqual([{ t: "read", room: "lobby", seq: 3 }]);
  });

  it("[L8] is what the next line tells, whose log may have been put back to a backup", () => {
    const scripted = liveChat();
    const receipt = { t: "receipt", room: "lobby", user: ada.id, seq: 3, count: 3 } as const;
    scripted.socket.deliver(receipt);
    scripted.socket.fail(1006);
    scripted.awaitAttempt();
    scripted.greet();
    expect(unreadOf(scripted)).toEqual([0, 0, 3]);
    scripted.socket.deliver(listed("lobby", { head: 3, count: 3, mentions: 1 }));
    expect(unreadOf(scripted)).toEqual([2, 1, 1]);
  });

  it("[R1] an own message reads everything above it, wherever it was sent from", () => {
    const scripted = liveChat();
    scripted.socket.deliver(scripted.log.append({ by: ada }));
    expect(unreadOf(scripted)).toEqual([0, 0, 4]);
  });

  it("[R2] is not lowered by what another device read, but set to the same", () => {
    const scripted = liveChat();
    scripted.socket.deliver({ t: "receipt", room: "lobby", user: ada.id, seq: 2, count: 2 });
    expect(unreadOf(scripted)).toEqual([1, 1, 2]);
    scripted.socket.deliver(listed("lobby", { head: 3, count: 3, readSeq: 2, readCount: 2 }));
    expect(unreadOf(scripted)).toEqual([1, 0, 2]);
  });

  it("[R3] shows how far the others have read", () => {
    const scripted = liveChat();
    const { $receipts } = scripted.room;
    scripted.socket.deliver(scripted.log.append());
    expect([...$receipts.get()]).toEqual([[ben.id, 4]]);
    const before = $receipts.get();
    scripted.socket.deliver({ t: "receipt", room: "lobby", user: ben.id, seq: 2, count: 2 });
    expect($receipts.get()).toBe(before);
    scripted.socket.deliver({ t: "receipt", room: "lobby", user: "cleo", seq: 2, count: 2 });
    expect([...$receipts.get()]).toEqual([
      [ben.id, 4],
      ["cleo", 2],
    ]);
  });

  it.each([-1, 1.5, Number.NaN])("refuses %d as a position", (seq) => {
    const scripted = liveChat();
    expect(() => {
      scripted.room.markRead(seq);
    }).toThrow(expect.objectContaining({ code: "invalid" }));
  });

  it("has nothing to read in a room of which nothing is known", () => {
    const scripted = new ScriptedChat();
    scripted.room.markRead();
    scripted.chat.connect();
    scripted.greet();
    scripted.platform.clock.advance(5_000);
    expect(scripted.socket.framesOf("read")).toEqual([]);
  });
});

describe("the room list", () => {
  it("[R2] is sorted by the newest message and keeps what did not change", () => {
    const { chat, socket } = liveChat();
    const last = { id: "1", by: "x", author: { name: "X", kind: "user" }, body: "hi" } as const;
    socket.deliver(
      listed("quiet"),
      listed("old", { last: { ...last, seq: 1, at: 1 } }),
      listed("new", { last: { ...last, seq: 1, at: 2 }, mentions: 1 }),
    );
    const before = chat.$rooms.get();
    expect(before.map(({ id, unread }) => [id, unread])).toEqual([
      ["new", 1],
      ["old", 1],
      ["quiet", 1],
    ]);
    expect(chat.$unread.get()).toEqual({ unread: 3, mentions: 1 });
    socket.deliver(listed("old", { last: { ...last, seq: 2, at: 3 }, head: 3, count: 3 }));
    const after = chat.$rooms.get();
    expect(after.map(({ id }) => id)).toEqual(["old", "new", "quiet"]);
    expect(after[1]).toBe(before[0]);
    socket.deliver(listed("quiet"));
    expect(chat.$rooms.get()).toBe(after);
  });

  it("[R2] knows of a followed room what its log knows", () => {
    const scripted = liveChat();
    scripted.socket.deliver(listed("lobby", { head: 3, count: 3, readSeq: 1, readCount: 1 }));
    const body = "👋".repeat(300);
    scripted.socket.deliver(scripted.log.append({ body }));
    const [lobby] = scripted.chat.$rooms.get();
    expect(lobby).toMatchObject({ id: "lobby", head: 4, count: 4, unread: 3 });
    expect(lobby?.last).toMatchObject({ seq: 4, by: ben.id, body: "👋".repeat(200) });
    scripted.room.markRead();
    expect(scripted.chat.$unread.get()).toEqual({ unread: 0, mentions: 0 });
  });

  it("[R2] stays while there is no line", () => {
    const scripted = liveChat();
    scripted.socket.deliver(listed("other"));
    scripted.socket.fail(1006);
    expect(scripted.chat.$rooms.get()).toHaveLength(1);
    expect(scripted.chat.$unread.get()).toEqual({ unread: 1, mentions: 0 });
  });
});

describe("the others", () => {
  const typing = {
    t: "typing",
    room: "lobby",
    user: ben.id,
    author: { name: "Ben", kind: "user" },
    ttl: 6_000,
  } as const;

  function typists({ room }: ScriptedChat): readonly string[] {
    return room.$typing.get().map(({ name }) => name);
  }

  it("[P1] typing ends by silence", () => {
    const scripted = liveChat();
    scripted.socket.deliver(typing);
    scripted.platform.clock.advance(5_999);
    expect(scripted.room.$typing.get()).toEqual([{ id: ben.id, name: "Ben", kind: "user" }]);
    scripted.platform.clock.advance(1);
    expect(typists(scripted)).toEqual([]);
  });

  it("[P1] typing is measured by the clock that does not jump", () => {
    const scripted = liveChat();
    scripted.socket.deliver(typing);
    scripted.platform.clock.jumpWallClock(3_600_000);
    expect(typists(scripted)).toEqual(["Ben"]);
  });

  it.each([
    ["a message of that person", (it: ScriptedChat) => it.socket.deliver(it.log.append())],
    ["a lost line", (it: ScriptedChat) => it.socket.fail(1006)],
    ["a snapshot", (it: ScriptedChat) => it.socket.deliver(it.log.reset(undefined))],
  ])("[P1] typing ends with %s", (_title, happen) => {
    const scripted = liveChat();
    scripted.socket.deliver(typing);
    expect(typists(scripted)).toEqual(["Ben"]);
    happen(scripted);
    expect(typists(scripted)).toEqual([]);
  });

  it("[P1] says at most every 3 s that I type, and only on a live line", () => {
    const scripted = liveChat();
    for (let count = 0; count < 40; count += 1) {
      scripted.room.typing();
      scripted.platform.clock.advance(100);
    }
    expect(scripted.socket.framesOf("typing")).toHaveLength(2);
    scripted.socket.fail(1006);
    scripted.room.typing();
    scripted.platform.clock.advance(1_000);
    scripted.greet();
    expect(scripted.socket.framesOf("typing")).toEqual([]);
  });

  it("[P2] presence is told anew on each line", () => {
    const scripted = liveChat();
    const author = { name: "Ben", kind: "user" } as const;
    scripted.socket.deliver({
      t: "presence",
      room: "lobby",
      full: true,
      changes: [{ user: ben.id, state: "online", author }],
    });
    const { $presence } = scripted.room;
    expect($presence.get()).toEqual({ users: [{ id: ben.id, ...author }], count: 1 });
    scripted.socket.fail(1006);
    expect($presence.get()).toEqual({ users: [], count: 0 });
  });

  it("[P2] a room nobody follows has no presence", () => {
    const scripted = liveChat();
    scripted.socket.deliver({ t: "presence", room: "lobby", count: 200 });
    expect(scripted.room.$presence.get().count).toBe(200);
    scripted.room.close();
    scripted.platform.clock.advance(1_000);
    expect(scripted.room.$presence.get().count).toBe(0);
  });
});
