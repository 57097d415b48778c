import { describe, expect, it } from "vitest";
import { testOpId } from "../testing/op-ids.js";
import { message, TestGateway, type TestConnection } from "../testing/test-gateway.js";

/** Says something in each room as this user, who belongs to it from then on. */
function speak(gateway: TestGateway, user: string, ...rooms: string[]): void {
  const connection = gateway.connect(user, {}, "speaker");
  for (const room of rooms) {
    connection.send(message(testOpId(), `hello ${room}`, room));
    gateway.clock.advance(1);
  }
  connection.session.closed();
  gateway.clock.advance(2_000);
}

function told({ socket }: TestConnection) {
  return socket.framesOf("room");
}

describe("[R2] the room list", () => {
  it("[R2] comes after the welcome and after what was asked for, newest message first", () => {
    const gateway = new TestGateway();
    speak(gateway, "ann", "room-1", "room-2", "lobby");
    const ann = gateway.connect("ann", { "room-2": { ref: 1 } });
    expect(ann.socket.frames.map(({ t }) => t)).toEqual([
      ...["welcome", "reset", "synced", "presence"],
      ...["room", "room", "room"],
    ]);
    expect(told(ann).map(({ room }) => room)).toEqual(["lobby", "room-2", "room-1"]);
    expect(told(ann)[0]).toEqual({
      t: "room",
      room: "lobby",
      room_info: { id: "lobby", kind: "public", name: "Lobby" },
      head: 1,
      count: 1,
      last: expect.objectContaining({ by: "ann", body: "hello lobby", seq: 1 }) as object,
      readSeq: 1,
      readCount: 1,
      mentions: 0,
    });
  });

  it("[R2] is sent a few rooms in each turn, however many sessions ask", () => {
    const rooms = Array.from({ length: 40 }, (_, index) => `room-${String(index)}`);
    let readsOfTurn = 0;
    let mostReads = 0;
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({
        ...storage,
        listed: (view, user, done) => {
          readsOfTurn += 1;
          mostReads = Math.max(mostReads, readsOfTurn);
          gateway.clock.after(0, () => {
            readsOfTurn = 0;
          });
          storage.listed(view, user, done);
        },
      }),
    });
    speak(gateway, "ann", ...rooms);
    const tabs = ["a", "b", "c"].map((tab) => gateway.connect("ann", {}, tab));
    for (const tab of tabs) expect(told(tab)).toHaveLength(40);
    expect(mostReads).toBeLessThanOrEqual(16);
  });

  it("[R2] stops where it was when the connection ends", () => {
    const gateway = new TestGateway({ limits: { listedRoomsPerTurn: 1 } });
    speak(gateway, "ann", "room-1", "room-2");
    const ann = gateway.open();
    ann.session.receive(
      JSON.stringify([
        { t: "hello", v: 1, token: "ann", client: "x", sdk: "test", caps: [], rooms: {} },
      ]),
    );
    ann.session.closed();
    gateway.clock.settle();
    expect(told(ann)).toEqual([]);
  });
});

describe("[R2] a room that changes", () => {
  it("[R2] is told to whoever belongs to it and does not follow it, with the same numbers", () => {
    const gateway = new TestGateway();
    speak(gateway, "ann", "lobby");
    const tabs = ["a", "b"].map((tab) => gateway.connect("ann", {}, tab));
    const stranger = gateway.connect("cat");
    for (const { socket } of tabs) socket.messages.length = 0;
    gateway.clock.advance(2_000);
    gateway.connect("ben").send({ ...message(testOpId(), "news"), mentions: ["ann"] });
    for (const tab of tabs) {
      expect(told(tab)).toMatchObject([
        { head: 2, count: 2, readSeq: 1, readCount: 1, mentions: 1, last: { body: "news" } },
      ]);
    }
    expect(told(stranger)).toEqual([]);
  });

  it("[R2] is told at once and then once a second, with the newest state", () => {
    const gateway = new TestGateway();
    speak(gateway, "ann", "lobby");
    const ann = gateway.connect("ann");
    gateway.clock.advance(2_000);
    ann.socket.messages.length = 0;
    const ben = gateway.connect("ben");
    for (let count = 0; count < 30; count += 1) {
      ben.send(message(testOpId(), "again"));
      gateway.clock.advance(100);
    }
    gateway.clock.advance(2_000);
    expect(told(ann).map(({ head }) => head)).toEqual([2, 11, 21, 31]);
  });

  it("[R2] is told when its own reading moves, on every device, read or written", () => {
    const gateway = new TestGateway();
    gateway.fill(3);
    gateway.clock.advance(2_000);
    const phone = gateway.connect("ann", { lobby: { ref: 1 } }, "phone");
    const desk = gateway.connect("ann", {}, "desk");
    expect(told(desk)).toEqual([]);
    phone.send({ t: "read", room: "lobby", seq: 2 });
    for (const tab of [phone, desk]) {
      expect(told(tab)).toMatchObject([{ count: 3, readSeq: 2, readCount: 2 }]);
    }
    gateway.clock.advance(2_000);
    phone.send(message(testOpId(), "hello"));
    for (const tab of [phone, desk]) {
      expect(told(tab).at(-1)).toMatchObject({ count: 4, readSeq: 4, readCount: 4 });
      expect(told(tab)).toHaveLength(2);
    }
  });

  it("[R2] is not told to who follows it live, unless they are mentioned or words change", () => {
    const gateway = new TestGateway();
    speak(gateway, "ann", "lobby");
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    const ben = gateway.connect("ben");
    gateway.clock.advance(2_000);
    const before = told(ann).length;
    const id = testOpId();
    ben.send(message(id, "for everybody"));
    gateway.clock.advance(2_000);
    expect(told(ann)).toHaveLength(before);
    ben.send({ ...message(testOpId(), "for ann"), mentions: ["ann"] });
    gateway.clock.advance(2_000);
    expect(told(ann)).toHaveLength(before + 1);
    expect(told(ann).at(-1)).toMatchObject({ mentions: 1 });
    ben.send({ t: "op", room: "lobby", id: testOpId(), k: "edit", target: id, body: "changed" });
    gateway.clock.advance(2_000);
    expect(told(ann)).toHaveLength(before + 2);
    ben.send({ t: "op", room: "lobby", id: testOpId(), k: "del", target: id });
    gateway.clock.advance(2_000);
    expect(told(ann)).toHaveLength(before + 3);
  });

  it("[R2] is never told to one session twice within a second", () => {
    const gateway = new TestGateway();
    speak(gateway, "ann", "lobby");
    const ann = gateway.connect("ann");
    expect(told(ann)).toHaveLength(1);
    gateway.connect("ben").send(message(testOpId(), "right after the list"));
    gateway.clock.advance(999);
    expect(told(ann)).toHaveLength(1);
    gateway.clock.advance(1);
    expect(told(ann)).toMatchObject([{ head: 1 }, { head: 2 }]);
  });

  it("[O7] is told although the answer of the commit was lost", () => {
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({
        ...storage,
        append: (view, event, done) => {
          storage.append(view, event, (result) => {
            done(event.by === "ben" ? { ok: false, cause: new Error("lost") } : result);
          });
        },
      }),
    });
    speak(gateway, "ann", "lobby");
    const ann = gateway.connect("ann");
    gateway.clock.advance(2_000);
    gateway.connect("ben").send(message(testOpId(), "stored, and nobody was told"));
    gateway.clock.advance(1_000);
    expect(told(ann).at(-1)).toMatchObject({ head: 2 });
  });

  it("[V3] a socket that takes nothing keeps its own list waiting and no other", () => {
    const gateway = new TestGateway({ limits: { sendQueueMaxBytes: 1_400 } });
    speak(gateway, "ann", "lobby", "room-1", "room-2");
    const stuck = gateway.open();
    stuck.socket.isStuck = true;
    stuck.send({
      ...{ t: "hello", v: 1, token: "ann", client: "stuck", sdk: "test", caps: [], rooms: {} },
    });
    const other = gateway.connect("ann", {}, "other");
    expect(told(other)).toHaveLength(3);
    expect(told(stuck).length).toBeLessThan(3);
    stuck.socket.drain();
    gateway.clock.advance(1_000);
    expect(told(stuck)).toHaveLength(3);
  });
});
