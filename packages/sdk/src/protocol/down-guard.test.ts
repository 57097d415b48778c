import { describe, expect, it } from "vitest";
import { SampleLog, sampleWelcome } from "../testing/sample-log.js";
import { SeededRandom } from "../testing/seeded-random.js";
import { readDownFrames, readGuestAnswer, readHistoryPage } from "./down-guard.js";

const log = new SampleLog();
const event = log.append();
const frames = [
  sampleWelcome(),
  log.replay(1, 0),
  log.reset(1),
  event,
  log.synced(1),
  { t: "ack", room: "lobby", id: event.id, seq: 1, at: 1 },
  { t: "nack", room: "lobby", id: event.id, code: "invalid" },
  { t: "ping", heads: { lobby: [1, log.chain()] } },
  { t: "pong" },
  { t: "bye", code: 4300, after: [0, 1] },
  { t: "error", code: "not_found" },
];

function read(...values: unknown[]): readonly unknown[] | undefined {
  return readDownFrames(JSON.stringify(values));
}

describe("readDownFrames", () => {
  it("[W2] reads every frame the client acts on", () => {
    expect(read(...frames)).toEqual(frames);
  });

  it("[W2] takes nothing that is not an array", () => {
    expect(readDownFrames("")).toBeUndefined();
    expect(readDownFrames("[{")).toBeUndefined();
    expect(readDownFrames('{"t":"pong"}')).toBeUndefined();
    expect(readDownFrames("null")).toBeUndefined();
    expect(readDownFrames("[]")).toEqual([]);
  });

  it("[W3] passes over frames of unknown type and keeps unknown fields and event kinds", () => {
    const later = { ...event, k: "applaud", emoji: "👍", body: undefined };
    expect(read({ t: "later" }, { t: "toString" }, { t: "__proto__" }, 7, null)).toEqual([]);
    expect(read({ t: "pong", extra: 1 })).toEqual([{ t: "pong", extra: 1 }]);
    expect(read(later)).toHaveLength(1);
  });

  it("[W6] passes over numbers that are not whole, safe and at least 0", () => {
    for (const seq of ["1", -1, 1.5, 2 ** 53, null]) expect(read({ ...event, seq })).toEqual([]);
    const endless = JSON.stringify([event]).replace('"seq":1', '"seq":1e999');
    expect(readDownFrames(endless)).toEqual([]);
  });

  it("passes over every frame that lacks a field the client reads", () => {
    const unread: Readonly<Record<string, readonly string[]>> = {
      welcome: ["v", "session", "caps"],
      replay: ["from"],
      reset: ["ref", "count"],
      synced: ["count", "unread", "mentions", "receipts"],
    };
    for (const frame of frames) {
      for (const field of Object.keys(frame)) {
        const { [field]: _left, ...rest } = frame as Record<string, unknown>;
        const isUnread = unread[frame.t]?.includes(field) === true;
        expect(read(rest), `${frame.t} without ${field}`).toHaveLength(isUnread ? 1 : 0);
      }
    }
  });

  it("looks into rows, authors and limits", () => {
    const [row] = log.rows(0, 1);
    expect(read({ ...log.reset(1), messages: [{ ...row, author: null }] })).toEqual([]);
    expect(read({ ...log.reset(1), messages: [null] })).toEqual([]);
    expect(read({ ...event, author: "Ada" })).toEqual([]);
    expect(read({ ...sampleWelcome(), limits: { windowMaxOps: 1 } })).toEqual([]);
    expect(read({ ...sampleWelcome(), me: { id: "ada" } })).toEqual([]);
  });

  it("never throws, whatever JSON says", () => {
    const random = new SeededRandom("guard");
    for (let round = 0; round < 3_000; round += 1) {
      const message = JSON.stringify([mutated(random.pick(frames), random), anything(random, 4)]);
      expect(() => readDownFrames(message)).not.toThrow();
    }
  });
});

describe("readHistoryPage and readGuestAnswer", () => {
  it("[L10] read a page whose rows are whole, and nothing else", () => {
    const page = log.page(2);
    expect(readHistoryPage(page)).toEqual(page);
    expect(readHistoryPage({ ...page, messages: [{}] })).toBeUndefined();
    expect(readHistoryPage(undefined)).toBeUndefined();
  });

  it("read the answer to a guest, and nothing else", () => {
    const answer = { token: "t", expiresAt: 1, user: SampleLog.ada };
    expect(readGuestAnswer(answer)).toEqual(answer);
    expect(readGuestAnswer({ ...answer, user: {} })).toBeUndefined();
    expect(readGuestAnswer("t")).toBeUndefined();
  });
});

/** The value with one of its parts, at any depth, replaced by anything. */
function mutated(value: unknown, random: SeededRandom): unknown {
  if (typeof value !== "object" || value === null || random.chance(0.3)) return anything(random, 2);
  const copy = structuredClone(value) as Record<string, unknown>;
  const field = random.pick([...Object.keys(copy), "extra"]);
  copy[field] = mutated(copy[field], random);
  return copy;
}

function anything(random: SeededRandom, depth: number): unknown {
  const leaf = random.pick<unknown>([null, true, -1, 0, 1.5, 1e300, "", "ev", "lobby"]);
  if (depth === 0 || random.chance(0.4)) return leaf;
  const inner = anything(random, depth - 1);
  return random.chance(0.5) ? [inner, leaf] : { t: leaf, [String(leaf)]: inner };
}
