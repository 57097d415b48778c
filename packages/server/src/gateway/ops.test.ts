import { EMPTY_CHAIN, nextChain } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import { createMemoryDisk } from "../testing/memory-disk.js";
import { testOpId } from "../testing/op-ids.js";
import { createHeldGateway, message, TestGateway } from "../testing/test-gateway.js";

describe("the log", () => {
  it("[L1] seq is dense, whatever is refused or repeated in between", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    const first = message(testOpId(), "one");
    ann.send(first, message(testOpId(), " "), first, message(testOpId(), "two"));
    ann.send(first, message(testOpId(), "three"));
    expect(ann.socket.framesOf("ev").map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(ann.socket.framesOf("ack").map(({ seq }) => seq)).toEqual([1, 1, 2, 1, 3]);
  });

  it("[L1] time never goes back within a room, even if the server's clock does", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    ann.send(message(testOpId(), "before"));
    gateway.clock.jump(-3_600_000);
    ann.send(message(testOpId(), "after"));
    const [before, after] = ann.socket.framesOf("ev");
    expect(after?.at).toBe(before?.at);
  });

  it("[L2] count numbers the messages of a room", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    ann.send(message(testOpId(), "one"), message(testOpId(), "two"));
    expect(ann.socket.framesOf("ev")).toMatchObject([{ count: 1 }, { count: 2 }]);
  });

  it("[L3] the chain is the one a client computes, and the epoch outlives a restart", () => {
    const disk = createMemoryDisk();
    const gateway = new TestGateway({ disk });
    const ann = gateway.connect("ann");
    const ids = [testOpId(), testOpId()];
    for (const id of ids) ann.send(message(id, "text"));
    const restarted = new TestGateway({ disk });
    const [before] = gateway.connect("bob", { lobby: { ref: 1 } }).socket.framesOf("reset");
    const [after] = restarted.connect("bob", { lobby: { ref: 1 } }).socket.framesOf("reset");
    expect(after?.chain).toBe(ids.reduce(nextChain, EMPTY_CHAIN));
    expect(after?.epoch).toMatch(/^[0-9a-f]{16}$/);
    expect(after?.epoch).toBe(before?.epoch);
  });
});

describe("outcomes", () => {
  it("[O3] nothing is acked or sent to the room before the commit has returned", () => {
    const steps: (() => void)[] = [];
    const gateway = new TestGateway({ step: (task) => void steps.push(task) });
    while (steps.length > 0) steps.shift()?.();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    ann.send(message(testOpId(), "hello"));
    const heard = () => [...ann.socket.framesOf("ack"), ...ann.socket.framesOf("ev")].length;
    expect(heard()).toBe(0);
    steps.shift()?.();
    gateway.clock.settle();
    expect(heard()).toBe(0);
    steps.shift()?.();
    gateway.clock.settle();
    expect(heard()).toBe(2);
  });

  it("[O4] the same op again is acked with its first place, and told to nobody", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    const op = message(testOpId(), "once");
    ann.send(op);
    gateway.clock.advance(1_000);
    ann.send({ ...op, novelty: "of a newer client" });
    const [first, second] = ann.socket.framesOf("ack");
    expect(second).toEqual(first);
    expect(ann.socket.framesOf("ev")).toHaveLength(1);
  });

  it("[O4] the id of another's op, or of another text, is a conflict that reveals nothing", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    const bob = gateway.connect("bob");
    const op = message(testOpId(), "mine");
    ann.send(op, { ...op, body: "changed" });
    bob.send(op);
    const conflict = { t: "nack", room: "lobby", id: op.id, code: "conflict" };
    expect(ann.socket.framesOf("nack")).toEqual([conflict]);
    expect(bob.socket.framesOf("nack")).toEqual([conflict]);
  });

  it("[O4] the same id in another room is another op", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    const id = testOpId();
    ann.send(message(id, "here"), message(id, "there", "room-1"));
    expect(ann.socket.framesOf("ack")).toMatchObject([{ room: "lobby" }, { room: "room-1" }]);
  });

  it.each([
    ["an empty body", { body: " \n" }, { code: "invalid", detail: "empty" }],
    ["a control character", { body: "a\u0000b" }, { code: "invalid", detail: "invalid" }],
    ["half a surrogate pair", { body: "\ud800" }, { code: "invalid", detail: "invalid" }],
    ["text that is not NFC", { body: "e\u0301" }, { code: "invalid", detail: "invalid" }],
    ["a body that is no text", { body: 5 }, { code: "invalid" }],
    ["no format", { format: undefined }, { code: "invalid" }],
    ["4,001 characters", { body: "x".repeat(4_001) }, { code: "too_large" }],
    ["an unknown kind", { k: "explode" }, { code: "invalid" }],
    ["the kind constructor", { k: "constructor" }, { code: "invalid" }],
    ["a room nobody may see", { room: "missing" }, { code: "not_found" }],
  ])("[O5] %s is refused for ever, also after a restart", (_case, change, expected) => {
    const disk = createMemoryDisk();
    const op = { ...message(testOpId(), "fine"), ...change };
    for (const gateway of [new TestGateway({ disk }), new TestGateway({ disk })]) {
      const ann = gateway.connect("ann");
      ann.send(op, op);
      expect(ann.socket.framesOf("nack")).toMatchObject([expected, expected]);
      expect(ann.socket.framesOf("error")).toEqual([]);
    }
    expect(disk.query("SELECT id FROM events")).toEqual([]);
  });

  it("[O5] a refused op stays refused when its content is good now, for its author alone", () => {
    const gateway = new TestGateway();
    const id = testOpId();
    const ann = gateway.connect("ann");
    ann.send(message(id, ""), message(id, "good now"));
    expect(ann.socket.framesOf("nack")).toMatchObject([{ code: "invalid" }, { code: "invalid" }]);
    const bob = gateway.connect("bob");
    bob.send(message(id, "bob's own"));
    expect(bob.socket.framesOf("ack")).toHaveLength(1);
  });

  it("[O12] author, time and place in a client's frame are ignored", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    const claims = {
      by: "bob",
      author: { name: "Bob", kind: "system" },
      at: 1,
      seq: 99,
      role: "x",
    };
    ann.send({ ...message(testOpId(), "hello"), ...claims });
    expect(ann.socket.framesOf("ev")).toMatchObject([
      { by: "ann", author: { name: "ann", kind: "user" }, seq: 1 },
    ]);
    expect(ann.socket.framesOf("ev")[0]?.at).toBeGreaterThan(1);
  });
});

describe("[O2] when storage fails", () => {
  it("[O2] nothing is nacked, and everybody whose op was under way is closed with 4003", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    const bob = gateway.connect("bob");
    const cat = gateway.connect("cat", { lobby: { ref: 1 } });
    gateway.disk.failWrites();
    ann.session.receive(JSON.stringify([message(testOpId(), "one"), message(testOpId(), "two")]));
    bob.session.receive(JSON.stringify([message(testOpId(), "three")]));
    gateway.clock.settle();
    expect([ann.socket.closes, bob.socket.closes]).toEqual([[4003], [4003]]);
    for (const { socket } of [ann, bob]) {
      expect([...socket.framesOf("ack"), ...socket.framesOf("nack")]).toEqual([]);
    }
    expect(cat.socket.closes).toEqual([]);
  });

  it("[O2] the same op is stored once the disk works again", () => {
    const gateway = new TestGateway();
    const op = message(testOpId(), "patience");
    gateway.disk.failWrites();
    gateway.connect("ann").send(op);
    gateway.disk.allowWrites();
    const again = gateway.connect("ann", { lobby: { ref: 1 } });
    again.send(op);
    expect(again.socket.framesOf("ack")).toMatchObject([{ id: op.id, seq: 1 }]);
  });
});

describe("[O6] order and pace", () => {
  it("[O6] ops of one connection are stored in the order they were sent, pipelined", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    const ops = Array.from({ length: 32 }, (_, index) =>
      message(testOpId(), `number ${String(index)}`, index % 7 === 0 ? "room-9" : "lobby"),
    );
    ann.send(...ops);
    const stored = gateway.disk.query("SELECT id FROM events ORDER BY rowid").map(({ id }) => id);
    expect(stored).toEqual(ops.map(({ id }) => id));
  });

  it("[O6] a sender with more than 64 unanswered ops is not read until it has fewer", () => {
    const { gateway, run } = createHeldGateway();
    const ann = gateway.connect("ann");
    for (let count = 1; count <= 64; count += 1) ann.send(message(testOpId(), "text"));
    expect(ann.socket.isPaused).toBe(false);
    ann.send(message(testOpId(), "one too many"));
    expect(ann.socket.isPaused).toBe(true);
    run();
    expect(ann.socket.isPaused).toBe(false);
    expect(ann.socket.framesOf("ack")).toHaveLength(65);
  });

  it("[O6] an op of a connection that has ended is not started any more", () => {
    let finish: () => void = () => undefined;
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({
        ...storage,
        findRoom: (roomId, done) => {
          if (roomId === "room-1") finish = () => storage.findRoom(roomId, done);
          else storage.findRoom(roomId, done);
        },
      }),
    });
    const ann = gateway.connect("ann");
    ann.send(message(testOpId(), "in a room being looked up", "room-1"), message(testOpId(), "x"));
    ann.session.closed();
    finish();
    gateway.clock.settle();
    expect(gateway.disk.query("SELECT id FROM events")).toEqual([]);
  });
});
