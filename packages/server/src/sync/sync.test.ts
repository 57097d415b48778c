import { eventSchema, type Cursor } from "@confab/sdk/protocol";
import { describe, expect, it } from "vitest";
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
