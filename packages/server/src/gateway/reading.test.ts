import { LIMITS } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import { testOpId } from "../testing/op-ids.js";
import { createHeldGateway, message, TestGateway } from "../testing/test-gateway.js";

const LOBBY = { lobby: { ref: 1 } };

function read(seq: number, room = "lobby") {
  return { t: "read", room, seq };
}

describe("read positions", () => {
  it("[R1] the largest wins, whatever the order, and none passes the head", () => {
    const gateway = new TestGateway();
    gateway.fill(5);
    const ann = gateway.connect("ann", LOBBY);
    for (const seq of [2, 4, 3, 4, 1]) ann.send(read(seq));
    gateway.clock.advance(1_000);
    expect(ann.socket.framesOf("receipt")).toEqual([
      { t: "receipt", room: "lobby", user: "ann", seq: 4, count: 4 },
    ]);
    ann.send(read(99));
    const [synced] = gateway.connect("ann", LOBBY, "other").socket.framesOf("synced");
    expect(synced).toMatchObject({ read: { seq: 5, count: 5 }, unread: 0 });
  });

  it("[R1] an own message moves the own position to it, on every device", () => {
    const gateway = new TestGateway();
    gateway.fill(2);
    const ann = gateway.connect("ann", LOBBY, "phone");
    const desk = gateway.connect("ann", LOBBY, "desk");
    const ben = gateway.connect("ben", LOBBY);
    ann.send(message(testOpId(), "hello"));
    gateway.clock.advance(1_000);
    const receipt = { t: "receipt", room: "lobby", user: "ann", seq: 3, count: 3 };
    for (const { socket } of [ann, desk, ben]) {
      expect(socket.framesOf("receipt")).toEqual([receipt]);
    }
    const [synced] = gateway.connect("ann", LOBBY, "third").socket.framesOf("synced");
    expect(synced).toMatchObject({ read: { seq: 3, count: 3 }, unread: 0 });
  });

  it("[O6] a position keeps its place among the ops of its connection", () => {
    const { gateway, run } = createHeldGateway();
    const ann = gateway.connect("ann", LOBBY);
    const ben = gateway.connect("ben");
    ben.send(message(testOpId(), "one"));
    run();
    // Sent before ben's second message is stored, so it cannot reach beyond the first.
    ann.session.receive(JSON.stringify([read(2)]));
    run();
    ben.send(message(testOpId(), "two"));
    run();
    const [synced] = gateway.connect("ann", LOBBY, "other").socket.framesOf("synced");
    expect(synced).toMatchObject({ read: { seq: 1, count: 1 }, unread: 1 });
  });

  it("[R1] one in an empty log makes nobody belong to the room", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    // What was read before the log was restored to nothing.
    ann.send(read(7));
    gateway.fill(1);
    gateway.clock.advance(2_000);
    expect(ann.socket.framesOf("room")).toEqual([]);
    const next = gateway.connect("ann", LOBBY, "other");
    expect(next.socket.framesOf("synced")[0]).not.toHaveProperty("read");
    expect(next.socket.framesOf("room")).toEqual([]);
  });

  it("[R1] one of a room nobody may see is an error and changes nothing", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    ann.send(read(1, "missing"));
    expect(ann.socket.framesOf("error")).toEqual([
      { t: "error", code: "not_found", room: "missing" },
    ]);
  });

  it("[O2] one that cannot be stored closes with 4003", () => {
    const gateway = new TestGateway();
    gateway.fill(1);
    const ann = gateway.connect("ann", LOBBY);
    gateway.disk.failWrites();
    ann.send(read(1));
    expect(ann.socket.closes).toEqual([4003]);
  });
});

describe("[R2] unread", () => {
  it("[R2] is the room's count less my own, from a replay, an empty replay and a snapshot", () => {
    const gateway = new TestGateway();
    gateway.fill(4);
    const ann = gateway.connect("ann", LOBBY);
    ann.send(read(1));
    const [reset] = ann.socket.framesOf("reset");
    gateway.fill(2);
    const cur = { epoch: reset?.epoch, seq: 4, chain: reset?.chain };
    const replayed = gateway.connect("ann", { lobby: { ref: 1, cur } }, "replayed");
    const fresh = gateway.connect("ann", LOBBY, "fresh");
    const [there] = fresh.socket.framesOf("synced");
    const atHead = { epoch: reset?.epoch, seq: 6, chain: there?.chain };
    const empty = gateway.connect("ann", { lobby: { ref: 1, cur: atHead } }, "empty");
    for (const { socket } of [replayed, fresh, empty]) {
      expect(socket.framesOf("synced")).toMatchObject([
        { head: 6, count: 6, read: { seq: 1, count: 1 }, unread: 5, mentions: 0 },
      ]);
    }
    expect(empty.socket.framesOf("ev")).toEqual([]);
  });

  it("[R2] nobody who has never been there has unread messages", () => {
    const gateway = new TestGateway();
    gateway.fill(3);
    const [synced] = gateway.connect("ann", LOBBY).socket.framesOf("synced");
    expect(synced).toMatchObject({ unread: 0, mentions: 0 });
    expect(synced).not.toHaveProperty("read");
  });

  it("[R2] counts the mentions among them", () => {
    const gateway = new TestGateway();
    gateway.fill(1);
    gateway.connect("ann").send(read(1));
    const ben = gateway.connect("ben");
    ben.send({ ...message(testOpId(), "@ann"), mentions: ["ann"] }, message(testOpId(), "hello"));
    const [synced] = gateway.connect("ann", LOBBY, "other").socket.framesOf("synced");
    expect(synced).toMatchObject({ unread: 2, mentions: 1 });
  });
});

describe("[R3] receipts", () => {
  it("[R3] are told once a second for each reader, the newest alone", () => {
    const gateway = new TestGateway();
    gateway.fill(9);
    const ann = gateway.connect("ann", LOBBY);
    const ben = gateway.connect("ben", LOBBY);
    ann.send(read(1));
    gateway.clock.advance(500);
    ann.send(read(2));
    ben.send(read(7));
    gateway.clock.advance(499);
    expect(ben.socket.framesOf("receipt")).toEqual([]);
    gateway.clock.advance(1);
    const told = [
      { t: "receipt", room: "lobby", user: "ann", seq: 2, count: 2 },
      { t: "receipt", room: "lobby", user: "ben", seq: 7, count: 7 },
    ];
    for (const { socket } of [ann, ben]) expect(socket.framesOf("receipt")).toEqual(told);
    gateway.clock.advance(5_000);
    expect(ben.socket.framesOf("receipt")).toHaveLength(2);
    ann.send(read(3));
    gateway.clock.advance(1_000);
    expect(ben.socket.framesOf("receipt")).toHaveLength(3);
  });

  it("[R3] a position that did not move is told to nobody", () => {
    const gateway = new TestGateway();
    gateway.fill(3);
    const ann = gateway.connect("ann", LOBBY);
    ann.send(read(3));
    gateway.clock.advance(1_000);
    ann.send(read(3), read(2));
    gateway.clock.advance(2_000);
    expect(ann.socket.framesOf("receipt")).toHaveLength(1);
  });

  it("[R3] synced brings those of the others, not the own one", () => {
    const gateway = new TestGateway();
    gateway.fill(3);
    for (const user of ["ann", "ben"]) gateway.connect(user).send(read(2));
    const [synced] = gateway.connect("ann", LOBBY, "other").socket.framesOf("synced");
    expect(synced?.receipts).toEqual([
      { user: "ben", seq: 2, count: 2 },
      { user: "writer", seq: 3, count: 3 },
    ]);
  });

  it("[R3] in a large room only the reader's own devices hear of them", () => {
    const gateway = new TestGateway({ limits: { receiptsMaxMembers: 2 } });
    gateway.fill(3);
    const phone = gateway.connect("ann", LOBBY, "phone");
    const desk = gateway.connect("ann", LOBBY, "desk");
    const ben = gateway.connect("ben", LOBBY);
    phone.send(read(1));
    ben.send(read(2));
    gateway.clock.advance(1_000);
    const own = [{ t: "receipt", room: "lobby", user: "ann", seq: 1, count: 1 }];
    expect(phone.socket.framesOf("receipt")).toEqual(own);
    expect(desk.socket.framesOf("receipt")).toEqual(own);
    expect(ben.socket.framesOf("receipt")).toMatchObject([{ user: "ben", seq: 2 }]);
    const [synced] = gateway.connect("cat", LOBBY).socket.framesOf("synced");
    expect(synced?.receipts).toEqual([]);
    expect(LIMITS.receiptsMaxMembers).toBe(100);
  });

  it("[R3] one that could not be told because of the disk is told later", () => {
    let isBroken = false;
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({
        ...storage,
        receipts: (view, maxMembers, done) => {
          if (isBroken) done({ ok: false, cause: new Error("the disk does not answer") });
          else storage.receipts(view, maxMembers, done);
        },
      }),
    });
    gateway.fill(2);
    const ann = gateway.connect("ann", LOBBY);
    const ben = gateway.connect("ben", LOBBY);
    isBroken = true;
    ann.send(read(2));
    gateway.clock.advance(1_000);
    expect(ben.socket.framesOf("receipt")).toEqual([]);
    isBroken = false;
    gateway.clock.advance(1_000);
    expect(ben.socket.framesOf("receipt")).toMatchObject([{ user: "ann", seq: 2 }]);
    expect(ann.socket.closes).toEqual([]);
  });

  it("[L5] what is read while somebody catches up reaches them", () => {
    const held: (() => void)[] = [];
    let isHeld = false;
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({
        ...storage,
        reading: (view, user, done) => {
          storage.reading(view, user, (result) => {
            if (isHeld && user === "ben") held.push(() => done(result));
            else done(result);
          });
        },
      }),
    });
    gateway.fill(2);
    const ann = gateway.connect("ann", LOBBY);
    isHeld = true;
    const ben = gateway.connect("ben", LOBBY);
    ann.send(read(2));
    gateway.clock.advance(1_000);
    gateway.connect("cat").send(message(testOpId(), "meanwhile"));
    expect(ben.socket.framesOf("synced")).toEqual([]);
    isHeld = false;
    for (const answer of held) answer();
    gateway.clock.settle();
    expect(ben.socket.framesOf("receipt")).toMatchObject([{ user: "ann", seq: 2 }]);
    expect(ben.socket.logFrames.map(({ t }) => t)).toEqual(["welcome", "reset", "ev", "synced"]);
  });
});
