import {
  downFrameSchema,
  EMPTY_CHAIN,
  LIMITS,
  nextChain,
  type DownFrame,
} from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import { testOpId } from "../testing/op-ids.js";
import { hello, message, TestGateway } from "../testing/test-gateway.js";

describe("messages and frames", () => {
  it("[W2] frames of one turn travel in one array", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    const before = ann.socket.messages.length;
    ann.send({ t: "ping" }, message(testOpId(), "one"), message(testOpId(), "two"));
    const types = ann.socket.messages
      .slice(before)
      .map((text) => (JSON.parse(text) as DownFrame[]).map(({ t }) => t));
    expect(types).toEqual([["pong"], ["ack", "ev", "ack", "ev"], ["room"]]);
  });

  it("[W2] no message has more than 64 frames", () => {
    const gateway = new TestGateway();
    gateway.fill(150);
    const ann = gateway.connect("ann", {
      lobby: { ref: 1, cur: { epoch: epochOf(gateway), seq: 0, chain: EMPTY_CHAIN } },
    });
    const sizes = ann.socket.messages.map((text) => (JSON.parse(text) as object[]).length);
    expect(Math.max(...sizes)).toBe(LIMITS.batchMaxFrames);
    expect(ann.socket.framesOf("ev")).toHaveLength(150);
  });

  it("[W3] unknown frame types and unknown fields are ignored", () => {
    const gateway = new TestGateway();
    const ann = gateway.open();
    ann.send({ t: "from-the-future" }, { ...hello("ann"), novelty: [1, 2, 3] });
    ann.send({ t: "toString" }, { t: "sub", room: "lobby", ref: 1, novelty: true });
    expect(ann.socket.logFrames.map(({ t }) => t)).toEqual(["welcome", "reset", "synced"]);
  });

  it("[W4] a frame that is not valid is refused and the connection stays", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    ann.send({ t: "sub", room: "lobby", ref: 7, cur: { epoch: "no" } }, { t: "sub", room: "<b>" });
    expect(ann.socket.framesOf("error")).toEqual([
      { t: "error", code: "bad_frame", room: "lobby", ref: 7 },
      { t: "error", code: "bad_frame" },
    ]);
    ann.send({ t: "ping" });
    expect(ann.socket.framesOf("pong")).toHaveLength(1);
  });

  it("[W4] the tenth bad frame closes with 4503", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    for (let count = 1; count <= 9; count += 1) ann.send({ t: "sub" });
    expect(ann.socket.closes).toEqual([]);
    ann.send({ t: 5 });
    expect(ann.socket.closes).toEqual([4503]);
  });

  it.each([
    ["no JSON", "nope"],
    ["no array", '{"t":"ping"}'],
    ["nesting deeper than 8", `[${"[".repeat(8)}${"]".repeat(8)}]`],
  ])("[W4] a message with %s closes with 4503", (_case, text) => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    ann.sendText(text);
    expect(ann.socket.closes).toEqual([4503]);
  });

  it("[W4] nesting of 8 is allowed, and brackets inside of text do not count", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    ann.sendText(`[{"t":"ping","deep":[[[[[["\\"[[[[[[[["]]]]]]}]`);
    expect(ann.socket.framesOf("pong")).toHaveLength(1);
  });

  it("[W4] 8 KiB is the limit before the welcome, 64 KiB after it", () => {
    const gateway = new TestGateway();
    const padding = { t: "ping", padding: "x".repeat(10_000) };
    const early = gateway.open();
    early.send(padding);
    expect(early.socket.closes).toEqual([1009]);
    const ann = gateway.connect("ann");
    ann.send(padding);
    expect(ann.socket.framesOf("pong")).toHaveLength(1);
    ann.send({ t: "ping", padding: "x".repeat(70_000) });
    expect(ann.socket.closes).toEqual([1009]);
  });

  it("[W1] a binary message closes with 4503", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    ann.session.receiveBinary();
    expect(ann.socket.closes).toEqual([4503]);
  });

  it("everything sent is valid by the protocol's own schemas", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 }, nowhere: { ref: 2 } });
    const bob = gateway.connect("bob", { lobby: { ref: 1 } });
    ann.send(message(testOpId(), "hello"), message(testOpId(), ""), { t: "ping" });
    bob.send({ t: "typing", room: "lobby" }, { t: "read", room: "lobby", seq: 1 });
    gateway.clock.advance(13_000);
    gateway.core.gateway.drain(() => undefined);
    gateway.clock.advance(5_000);
    const types = new Set(ann.socket.frames.map((frame) => downFrameSchema.parse(frame).t));
    const aside = ["presence", "receipt", "room", "typing"];
    expect([...types].sort()).toEqual(
      [
        ...["ack", "bye", "error", "ev", "nack", "ping", "pong", "reset", "synced", "welcome"],
        ...aside,
      ].sort(),
    );
  });
});

describe("handshake", () => {
  it("[H1] without a hello the connection is closed after five seconds", () => {
    const gateway = new TestGateway();
    const { socket } = gateway.open();
    gateway.clock.advance(4_999);
    expect(socket.closes).toEqual([]);
    gateway.clock.advance(1);
    expect(socket.closes).toEqual([4004]);
    expect(socket.messages).toEqual([]);
  });

  it("[H1] another first frame than hello closes, and nothing of it is done", () => {
    const gateway = new TestGateway();
    const { socket, send } = gateway.open();
    send({ t: "sub", room: "lobby", ref: 1 });
    expect(socket.closes).toEqual([4004]);
    expect(socket.messages).toEqual([]);
  });

  it("[H1] frames that follow the hello wait until the token is verified", () => {
    let verify: () => void = () => undefined;
    const gateway = new TestGateway({
      authenticator: {
        authenticate(_token, done) {
          verify = () => {
            const principal = { id: "ann", name: "Ann", kind: "user" as const };
            done({ ok: true, principal, expiresAt: gateway.clock.now() + 1_000_000 });
          };
        },
      },
    });
    const ann = gateway.open();
    ann.send(hello("any", { lobby: { ref: 1 } }), { t: "ping" });
    expect(ann.socket.messages).toEqual([]);
    verify();
    gateway.clock.settle();
    const types = ann.socket.logFrames.map(({ t }) => t);
    expect(types).toEqual(["welcome", "pong", "reset", "synced"]);
  });

  it.each([
    ["wrong", 4500],
    ["expired", 4200],
  ])("[H2] a token that is %s is told after the upgrade, by %i", (token, code) => {
    const gateway = new TestGateway();
    const { socket } = gateway.connect(token);
    expect(socket.closes).toEqual([code]);
    expect(socket.messages).toEqual([]);
  });

  it("[H3] the welcome states every number the client must respect", () => {
    const gateway = new TestGateway();
    const { socket } = gateway.connect("ann");
    const [welcome] = socket.framesOf("welcome");
    expect(welcome).toMatchObject({
      v: 1,
      me: { id: "ann", name: "ann", kind: "user" },
      heartbeatMs: 25_000,
      limits: {
        bodyMaxCodePoints: 4_000,
        bodyMaxBytes: 16_384,
        messageMaxBytes: 65_536,
        windowMaxOps: 32,
        roomsMaxCount: 200,
      },
    });
  });

  it("another version of the protocol is closed with 4502, whatever else the hello says", () => {
    const gateway = new TestGateway();
    const { socket, send } = gateway.open();
    send({ t: "hello", v: 2, credentials: "of another kind" });
    expect(socket.closes).toEqual([4502]);
  });

  it("the same client of the same user replaces its older connection, and no other one", () => {
    const gateway = new TestGateway();
    const old = gateway.connect("ann", {}, "tab-1");
    const otherTab = gateway.connect("ann", {}, "tab-2");
    const otherUser = gateway.connect("bob", {}, "tab-1");
    const fresh = gateway.connect("ann", {}, "tab-1");
    expect(old.socket.closes).toEqual([4002]);
    for (const { socket } of [otherTab, otherUser, fresh]) expect(socket.closes).toEqual([]);
    gateway.clock.advance(3_000);
    expect(old.socket.isTerminated).toBe(true);
    expect(gateway.core.gateway.sessionCount).toBe(3);
  });
});

describe("mistakes of ours", () => {
  it("end the connection they happen on, and disturb no other", () => {
    const gateway = new TestGateway({
      wrapStorage: (storage) => ({
        ...storage,
        readEvents: (view, range, done) => {
          if (view.room.id === "room-1") throw new Error("a mistake");
          storage.readEvents(view, range, done);
        },
      }),
    });
    const ann = gateway.connect("ann", { "room-1": { ref: 1 } });
    const bob = gateway.connect("bob", { lobby: { ref: 1 } });
    expect(ann.socket.closes).toEqual([1011]);
    expect(bob.socket.framesOf("synced")).toHaveLength(1);
    expect(bob.socket.closes).toEqual([]);
  });
});

describe("liveness", () => {
  it("[V1] a ping tells where each room stands that is followed live", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 }, "room-2": { ref: 2 } });
    const id = testOpId();
    ann.send(message(id, "hello"));
    gateway.clock.advance(12_500);
    expect(ann.socket.framesOf("ping")).toEqual([
      {
        t: "ping",
        heads: { lobby: [1, nextChain(EMPTY_CHAIN, id)], "room-2": [0, EMPTY_CHAIN] },
      },
    ]);
  });

  it("[V1] a client that answers stays, a silent one is closed with 4000", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann");
    const bob = gateway.connect("bob");
    gateway.clock.advance(34_999);
    ann.send({ t: "pong" });
    gateway.clock.advance(1);
    expect(bob.socket.closes).toEqual([4000]);
    expect(ann.socket.closes).toEqual([]);
  });

  it("[V4] a connection is closed with 4200 thirty seconds after its token has expired", () => {
    const gateway = new TestGateway({ limits: { silenceMs: 10_000_000 } });
    const ann = gateway.connect("ann");
    gateway.clock.advance(3_600_000 + 29_999);
    expect(ann.socket.closes).toEqual([]);
    gateway.clock.advance(1);
    expect(ann.socket.closes).toEqual([4200]);
  });

  it("a closed connection leaves no timer behind, once its person is gone", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    ann.session.closed();
    gateway.clock.advance(20_000);
    expect(gateway.clock.waitingCount).toBe(0);
    expect(gateway.core.gateway.sessionCount).toBe(0);
  });
});

function epochOf(gateway: TestGateway): string {
  const [row] = gateway.disk.query("SELECT epoch FROM rooms WHERE id = ?", "lobby");
  return String(row?.["epoch"]);
}
