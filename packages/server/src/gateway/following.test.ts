import { EMPTY_CHAIN, nextChain, type Cursor } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import type { Storage } from "../storage/storage.js";
import { testOpId } from "../testing/op-ids.js";
import { hello, message, TestGateway, type TestConnection } from "../testing/test-gateway.js";

describe("[L4] where a subscription starts", () => {
  it("[L4] without a cursor it starts with a snapshot of the newest 50 messages", () => {
    const gateway = new TestGateway();
    gateway.fill(60);
    const ann = gateway.connect("ann", { lobby: { ref: 3 } });
    const [reset] = ann.socket.framesOf("reset");
    const { epoch, chain } = logOf(gateway);
    expect(reset).toMatchObject({ room: "lobby", ref: 3, why: "new", epoch, head: 60, chain });
    expect(reset).toMatchObject({ count: 60, hasMore: true });
    expect(reset?.messages.map(({ seq }) => seq)).toEqual(range(11, 60));
    expect(ann.socket.framesOf("synced")).toMatchObject([
      { room: "lobby", ref: 3, head: 60, chain },
    ]);
  });

  it("[L4] with a cursor of this log it gets exactly what it missed, then synced", () => {
    const gateway = new TestGateway();
    gateway.fill(7);
    const cursor = cursorAt(gateway, 4);
    const ann = gateway.connect("ann", { lobby: { ref: 2, cur: cursor } });
    expect(shapes(ann)).toEqual(["welcome", "replay 4", "ev 5", "ev 6", "ev 7", "synced 7"]);
  });

  it("[L4] a cursor at the head gets an empty replay", () => {
    const gateway = new TestGateway();
    gateway.fill(3);
    const ann = gateway.connect("ann", { lobby: { ref: 1, cur: cursorAt(gateway, 3) } });
    expect(shapes(ann)).toEqual(["welcome", "replay 3", "synced 3"]);
  });

  const far = { syncLimits: { replayMaxEvents: 3 } };
  const heavy = { syncLimits: { replayMaxBytes: 1_000 } };
  it.each([
    ["epoch", {}, (cursor: Cursor) => ({ ...cursor, epoch: "f".repeat(16) })],
    ["ahead", {}, (cursor: Cursor) => ({ ...cursor, seq: 9 })],
    ["chain", {}, (cursor: Cursor) => ({ ...cursor, chain: "0123456789abcdef" })],
    ["far", far, (cursor: Cursor) => cursor],
    ["far", heavy, (cursor: Cursor) => cursor],
  ])("[L4] a cursor that does not fit gets a reset that says %s", (why, options, change) => {
    const gateway = new TestGateway(options);
    gateway.fill(8);
    const cur = change(cursorAt(gateway, 4));
    const ann = gateway.connect("ann", { lobby: { ref: 1, cur } });
    expect(ann.socket.framesOf("reset")).toMatchObject([{ why, ref: 1, head: 8 }]);
    expect(ann.socket.framesOf("replay")).toEqual([]);
    expect(ann.socket.framesOf("synced")).toMatchObject([{ head: 8 }]);
  });

  it("[L4] a log that was cut at the start resets cursors before the cut", () => {
    const gateway = new TestGateway();
    gateway.fill(8);
    const cur = cursorAt(gateway, 4);
    gateway.disk.query("UPDATE rooms SET min_seq = 6 WHERE id = 'lobby' RETURNING id");
    const ann = gateway.connect("ann", { lobby: { ref: 1, cur } });
    expect(ann.socket.framesOf("reset")).toMatchObject([{ why: "truncated" }]);
  });

  it("a snapshot is cut to its limit of bytes, and says that there is more", () => {
    const gateway = new TestGateway({
      syncLimits: { snapshot: { maxMessages: 50, maxBytes: 2_000 } },
    });
    gateway.fill(20);
    const [reset] = gateway.connect("ann", { lobby: { ref: 1 } }).socket.framesOf("reset");
    expect(reset?.messages.length).toBeLessThan(10);
    expect(reset?.messages.at(-1)?.seq).toBe(20);
    expect(reset?.hasMore).toBe(true);
  });

  it("a room that does not exist is answered like one that may not be seen", () => {
    const gateway = new TestGateway();
    gateway.disk.query(
      "INSERT INTO rooms " +
        "(id, kind, name, epoch, head, count, min_seq, chain, last_at, created_at) " +
        "SELECT 'secret', 'private', 'Secret', epoch, 0, 0, 1, chain, 0, 0 " +
        "FROM rooms WHERE id = 'lobby' RETURNING id",
    );
    const ann = gateway.connect("ann");
    ann.send({ t: "sub", room: "secret", ref: 1 }, { t: "sub", room: "missing", ref: 2 });
    expect(ann.socket.framesOf("error")).toEqual([
      { t: "error", code: "not_found", room: "secret", ref: 1 },
      { t: "error", code: "not_found", room: "missing", ref: 2 },
    ]);
  });

  it("a room of a pattern comes into being when it is first opened, once", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { "room-7": { ref: 1 } });
    const bob = gateway.connect("bob", { "room-7": { ref: 1 } });
    const [first] = ann.socket.framesOf("reset");
    const [second] = bob.socket.framesOf("reset");
    expect(first?.room_info).toEqual({ id: "room-7", kind: "public", name: "Room-7" });
    expect(second?.epoch).toBe(first?.epoch);
  });
});

describe("[L5] live events and catching up", () => {
  it("[L5] events stored while the log is being read come from the log, once and in order", () => {
    const waiting: (() => void)[] = [];
    const gateway = new TestGateway({
      syncLimits: { chunkMaxEvents: 3 },
      wrapStorage: (storage) => delayReads(storage, waiting),
    });
    gateway.fill(8);
    const ann = gateway.connect("ann", { lobby: { ref: 1, cur: cursorAt(gateway, 0) } });
    const bob = gateway.connect("bob");
    let said = 0;
    while (waiting.length > 0) {
      waiting.shift()?.();
      gateway.clock.settle();
      if (said < 3) bob.send(message(testOpId(), "meanwhile"));
      said += 1;
    }
    const seqs = ann.socket.framesOf("ev").map(({ seq }) => seq);
    expect(seqs).toEqual(range(1, 11));
    expect(ann.socket.framesOf("synced")).toMatchObject([{ head: 11 }]);
  });

  it("[L5] an event that is published late is not sent again", () => {
    const answers: (() => void)[] = [];
    const gateway = new TestGateway({ step: (task) => void answers.push(task) });
    runAll(gateway, answers);
    const bob = gateway.connect("bob");
    bob.send(message(testOpId(), "committed, not yet published"));
    answers.shift()?.();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    expect(ann.socket.framesOf("reset")).toMatchObject([{ head: 1 }]);
    runAll(gateway, answers);
    expect(ann.socket.framesOf("ev")).toEqual([]);
    bob.send(message(testOpId(), "next"));
    runAll(gateway, answers);
    expect(ann.socket.framesOf("ev")).toMatchObject([{ seq: 2 }]);
  });

  it("[L5] a replay waits for a stuck socket, while live events stay in the log", () => {
    const gateway = new TestGateway({
      limits: { sendQueueMaxBytes: 2_000, sendQueueMaxFrames: 20 },
      syncLimits: { chunkMaxEvents: 3 },
    });
    gateway.fill(30);
    const ann = gateway.connect("ann");
    ann.socket.isStuck = true;
    ann.send({ t: "sub", room: "lobby", ref: 1, cur: cursorAt(gateway, 0) });
    gateway.fill(5);
    gateway.clock.advance(1_000);
    const sent = ann.socket.framesOf("ev").length;
    expect(sent).toBeLessThan(10);
    expect(ann.socket.closes).toEqual([]);
    ann.socket.drain();
    gateway.clock.advance(1_000);
    expect(ann.socket.framesOf("ev").map(({ seq }) => seq)).toEqual(range(1, 35));
  });

  it("[O7] every subscriber gets every event in the order of seq, the sender too", () => {
    const gateway = new TestGateway();
    const [ann, bob, cat] = ["ann", "bob", "cat"].map((user) =>
      gateway.connect(user, { lobby: { ref: 1 } }),
    ) as [TestConnection, TestConnection, TestConnection];
    for (let round = 0; round < 5; round += 1) {
      ann.session.receive(JSON.stringify([message(testOpId(), "from ann")]));
      bob.session.receive(JSON.stringify([message(testOpId(), "from bob")]));
      gateway.clock.settle();
    }
    const logs = [ann, bob, cat].map(({ socket }) => socket.framesOf("ev"));
    expect(logs[0]?.map(({ seq }) => seq)).toEqual(range(1, 10));
    expect(logs[1]).toEqual(logs[0]);
    expect(logs[2]).toEqual(logs[0]);
  });

  it("[O7] an event is encoded once for all who get it", () => {
    const gateway = new TestGateway();
    const followers = ["ann", "bob"].map((user) => gateway.connect(user, { lobby: { ref: 1 } }));
    gateway.fill(1);
    const [one, other] = followers.map(({ socket }) => socket.messages.at(-1));
    expect(one).toContain('"k":"msg"');
    expect(other).toBe(one);
  });

  it("[L6] a new sub of the same room replaces the old one, and an unsub ends it", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    ann.send({ t: "sub", room: "lobby", ref: 2 });
    expect(ann.socket.framesOf("synced").map(({ ref }) => ref)).toEqual([1, 2]);
    gateway.fill(1);
    expect(ann.socket.framesOf("ev")).toHaveLength(1);
    ann.send({ t: "unsub", room: "lobby" });
    gateway.fill(1);
    expect(ann.socket.framesOf("ev")).toHaveLength(1);
  });

  it("[L6] nothing of a replaced subscription is sent after the new one has begun", () => {
    const waiting: (() => void)[] = [];
    const gateway = new TestGateway({ wrapStorage: (storage) => delayReads(storage, waiting) });
    gateway.fill(4);
    const ann = gateway.connect("ann", { lobby: { ref: 1, cur: cursorAt(gateway, 0) } });
    ann.send({ t: "sub", room: "lobby", ref: 2, cur: cursorAt(gateway, 2) });
    while (waiting.length > 0) {
      waiting.shift()?.();
      gateway.clock.settle();
    }
    expect(shapes(ann)).toEqual(["welcome", "replay 2", "ev 3", "ev 4", "synced 4"]);
  });

  it("follows at most 200 rooms on one connection", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    for (let number = 1; number <= 201; number += 1) {
      ann.send({ t: "sub", room: `room-${String(number)}`, ref: number });
    }
    expect(ann.socket.framesOf("synced")).toHaveLength(200);
    expect(ann.socket.framesOf("error")).toEqual([
      { t: "error", code: "forbidden", room: "room-201", ref: 201 },
    ]);
  });

  it("a storage that cannot be read closes with 4003", () => {
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({
        ...storage,
        position: (_view, _seq, done) => done({ ok: false, cause: new Error("disk") }),
      }),
    });
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    expect(ann.socket.closes).toEqual([4003]);
  });
});

describe("[V3] a client that is far away", () => {
  it("[V3] is not taken for a slow one because it follows many rooms", () => {
    const gateway = new TestGateway({ limits: { sendQueueMaxFrames: 6 } });
    const rooms = Object.fromEntries(range(1, 8).map((ref) => [`room-${String(ref)}`, { ref }]));
    const ann = gateway.open();
    for (let round = 0; round < 20; round += 1) {
      ann.socket.isStuck = true;
      if (round === 0) ann.send(hello("ann", rooms));
      gateway.clock.advance(50);
      ann.socket.drain();
    }
    gateway.clock.advance(1_000);
    expect(ann.socket.closes).toEqual([]);
    expect(ann.socket.framesOf("synced")).toHaveLength(8);
  });
});

describe("[L4] a log that is trimmed while it is read", () => {
  it("[L4] becomes a snapshot that says truncated, and never a gap", () => {
    const waiting: (() => void)[] = [];
    const gateway = new TestGateway({ wrapStorage: (storage) => delayReads(storage, waiting) });
    gateway.fill(6);
    const cur = cursorAt(gateway, 2);
    const ann = gateway.open();
    ann.send(hello("ann", { lobby: { ref: 1, cur } }));
    waiting.shift()?.();
    gateway.disk.query("DELETE FROM events WHERE seq <= 4 RETURNING seq");
    gateway.disk.query("UPDATE rooms SET min_seq = 5 WHERE id = 'lobby' RETURNING id");
    runAll(gateway, waiting);
    expect(shapes(ann)).toEqual(["welcome", "replay 2", "reset", "synced 6"]);
    expect(ann.socket.framesOf("reset")).toMatchObject([{ ref: 1, why: "truncated", head: 6 }]);
  });
});

/** Reads that answer only when the test says so. */
function delayReads(storage: Storage, waiting: (() => void)[]): Storage {
  return {
    ...storage,
    readEvents: (view, query, done) =>
      storage.readEvents(view, query, (result) => void waiting.push(() => done(result))),
    position: (view, seq, done) =>
      storage.position(view, seq, (result) => void waiting.push(() => done(result))),
  };
}

function runAll(gateway: TestGateway, tasks: (() => void)[]): void {
  gateway.clock.settle();
  while (tasks.length > 0) {
    tasks.shift()?.();
    gateway.clock.settle();
  }
}

function logOf(gateway: TestGateway) {
  const [room] = gateway.disk.query("SELECT epoch, chain FROM rooms WHERE id = 'lobby'");
  return { epoch: String(room?.["epoch"]), chain: room?.["chain"] };
}

/** The cursor of a client that has applied everything up to `seq`, computed as a client does. */
function cursorAt(gateway: TestGateway, seq: number): Cursor {
  const ids = gateway.disk.query(
    "SELECT id FROM events WHERE room = 'lobby' AND seq <= ? ORDER BY seq",
    seq,
  );
  const chain = ids.reduce((previous, { id }) => nextChain(previous, String(id)), EMPTY_CHAIN);
  return { epoch: logOf(gateway).epoch, seq, chain };
}

function shapes({ socket }: TestConnection): string[] {
  return socket.logFrames.map((frame) => {
    if (frame.t === "replay") return `replay ${String(frame.from)}`;
    if (frame.t === "ev") return `ev ${String(frame.seq)}`;
    return frame.t === "synced" ? `synced ${String(frame.head)}` : frame.t;
  });
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
