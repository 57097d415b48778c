import { EMPTY_CHAIN, eventSchema, messageRowSchema, type Cursor } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { testOpId } from "../testing/op-ids.js";
import { message, TestGateway } from "../testing/test-gateway.js";
import type { CursorPosition, StoredEvent } from "../storage/storage.js";
import { encodeEvent } from "./encode-event.js";
import { judgeCursor } from "./judge-cursor.js";

const LIMITS = { replayMaxEvents: 500, replayMaxBytes: 262_144 };
const EPOCH = "00000000000000aa";
const CHAIN = "00000000000000bb";
const CURSOR: Cursor = { epoch: EPOCH, seq: 10, chain: CHAIN };
const POSITION: CursorPosition = {
  epoch: EPOCH,
  minSeq: 1,
  head: 20,
  count: 20,
  chain: "00000000000000cc",
  chainAt: CHAIN,
  bytesAfter: 1_000,
};

describe("judgeCursor", () => {
  it.each<[string, Partial<Cursor>, Partial<CursorPosition>, string]>([
    ["a place in this log", {}, {}, "replay"],
    ["another epoch", { epoch: "00000000000000ab" }, {}, "epoch"],
    ["the head", {}, { head: 10 }, "replay"],
    ["one past the head", {}, { head: 9 }, "ahead"],
    ["another past", {}, { chainAt: "00000000000000bd" }, "chain"],
    ["just before the first event kept", {}, { minSeq: 11 }, "replay"],
    ["before the first event kept", {}, { minSeq: 12 }, "truncated"],
    ["500 events behind", {}, { head: 510 }, "replay"],
    ["501 events behind", {}, { head: 511 }, "far"],
    ["256 KiB behind", {}, { bytesAfter: 262_144 }, "replay"],
    ["more than 256 KiB behind", {}, { bytesAfter: 262_145 }, "far"],
    ["an epoch and a seq that are both wrong", { epoch: CHAIN, seq: 99 }, {}, "epoch"],
  ])("[L4] a cursor at %s", (_case, cursor, position, verdict) => {
    const judged = judgeCursor({ ...CURSOR, ...cursor }, { ...POSITION, ...position }, LIMITS);
    expect(judged).toBe(verdict);
  });

  it("[L4] no cursor at all is a new start", () => {
    expect(judgeCursor(undefined, POSITION, LIMITS)).toBe("new");
  });
});

describe("encodeEvent", () => {
  const event: StoredEvent = {
    room: "lobby",
    seq: 3,
    id: "01890a5d-ac96-774b-bcce-b302099a8057",
    by: 'a"b\\c',
    at: 1_000,
    kind: "msg",
    count: 2,
    chain: CHAIN,
    payload: JSON.stringify({
      author: { name: "Ann", kind: "user" },
      body: 'quote " and \\ and \u2028',
      format: "text",
    }),
  };

  it("writes the frame that the protocol describes", () => {
    const encoded = encodeEvent(event);
    expect(encoded).toMatchObject({ room: "lobby", seq: 3, chain: CHAIN });
    expect(eventSchema.parse(JSON.parse(encoded.frame))).toEqual({
      t: "ev",
      room: "lobby",
      seq: 3,
      id: event.id,
      by: event.by,
      at: 1_000,
      k: "msg",
      count: 2,
      ...JSON.parse(event.payload),
    });
  });

  it("gives only messages a count, and needs no fields", () => {
    const { frame } = encodeEvent({ ...event, kind: "join", payload: "{}" });
    expect(JSON.parse(frame)).toEqual({
      t: "ev",
      room: "lobby",
      seq: 3,
      id: event.id,
      by: event.by,
      at: 1_000,
      k: "join",
    });
  });
});

describe("what is told of every kind of event", () => {
  it("[W3] is what the protocol describes, and nothing else", () => {
    const gateway = new TestGateway();
    const ann = gateway.connect("ann", { lobby: { ref: 1 } });
    const target = testOpId();
    const say = (id: string, more: object) => ({ ...message(id, "hello"), ...more });
    const op = (k: string, fields: object = {}) => ({
      ...{ t: "op", room: "lobby", id: testOpId(), k, target },
      ...fields,
    });
    const full = { replyTo: target, thread: target, mentions: ["bob"], meta: { a: [1] } };
    const reply = testOpId();
    ann.send(say(target, {}), say(reply, { ...full, inRoom: true }));
    ann.send(op("edit", { body: "ho", mentions: ["bob"] }), op("react", { emoji: "👍" }));
    ann.send(op("unreact", { emoji: "👍" }), op("pin"), op("unpin"), op("react", { emoji: "👍" }));
    ann.send(op("pin", { target: reply }), op("del", { target: reply, reason: "rude" }));
    const events = ann.socket.framesOf("ev");
    expect(new Set(events.map(({ k }) => k)).size).toBe(7);
    for (const event of events)
      expect(z.strictObject(shapeOf(event.k)).parse(event)).toEqual(event);

    const bob = gateway.connect("bob", { lobby: { ref: 1 } });
    const [reset] = bob.socket.framesOf("reset");
    for (const row of reset?.messages ?? []) {
      expect(z.strictObject(messageRowSchema.shape).parse(row)).toEqual(row);
    }
    const cursor = { epoch: reset?.epoch ?? "", seq: 0, chain: EMPTY_CHAIN };
    const cat = gateway.connect("cat", { lobby: { ref: 1, cur: cursor } });
    const replayed = cat.socket.framesOf("ev");
    expect(replayed.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq));
    for (const event of replayed) {
      expect(z.strictObject(shapeOf(event.k)).parse(event)).toEqual(event);
    }
    expect(replayed[1]).toMatchObject({ body: "", redacted: true });
  });
});

function shapeOf(kind: string) {
  const schema = eventSchema.options.find((it) => it.shape.k.safeParse(kind).success);
  if (schema === undefined) throw new Error(`${kind} is no kind of event`);
  return schema.shape;
}
