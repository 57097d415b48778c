import { describe, expect, it } from "vitest";
import { SampleLog } from "../testing/sample-log.js";
import { readingView, type Unread } from "./reading-view.js";
import { nextReadingDeadline, stepReading, UNKNOWN_READING } from "./reading.machine.js";
import type { RoomFrame } from "../protocol/reading.js";
import type { ReadingEffect, ReadingInput, ReadingState } from "./reading-step.js";

const { ada, ben } = SampleLog;
const NOW = 100_000;
const MOMENT = { now: NOW, me: ada.id };
const log = new SampleLog();
log.appendMany(9);

const INPUTS = {
  synced: {
    ...log.synced(1),
    read: { seq: 4, count: 4 },
    mentions: 2,
    receipts: [{ user: ben.id, seq: 7, count: 7 }],
  },
  room: {
    t: "room",
    room: "lobby",
    room_info: { id: "lobby", kind: "public", name: "Lobby" },
    head: 9,
    count: 9,
    readSeq: 4,
    readCount: 4,
    mentions: 2,
  },
  receipt: { t: "receipt", room: "lobby", user: ada.id, seq: 6, count: 6 },
  "receipt of another": { t: "receipt", room: "lobby", user: ben.id, seq: 6, count: 6 },
  reset: log.reset(1),
  ev: log.append(),
  "own ev": log.append({ by: ada }),
  mark: { t: "mark", position: { seq: 8, count: 8 } },
  restored: { t: "restored", position: { seq: 7, count: 7 } },
  mirrored: { t: "mirrored", position: { seq: 7, count: 7 } },
  greeting: { t: "greeting" },
  connected: { t: "connected" },
  disconnected: { t: "disconnected" },
  tick: { t: "tick" },
} satisfies Record<string, ReadingInput>;

/** There is a line, and it has told nothing yet. */
const LINE = [INPUTS.greeting, INPUTS.connected];

const KNOWN: ReadingState = {
  ...UNKNOWN_READING,
  epoch: log.epoch,
  count: 9,
  own: { seq: 3, count: 3 },
  mentions: 1,
  toldHead: 9,
};
const STATES = {
  unknown: { ...UNKNOWN_READING, isLive: true },
  offline: KNOWN,
  live: { ...KNOWN, isLive: true },
  waiting: { ...KNOWN, isLive: true, slot: { seq: 5, count: 5, sayAt: NOW + 500 } },
  said: { ...KNOWN, isLive: true, slot: { seq: 5, count: 5, sayAt: Infinity } },
  kept: { ...KNOWN, slot: { seq: 5, count: 5, sayAt: NOW - 1 } },
} satisfies Record<string, ReadingState>;

/** Each cell: `unread/mentions@readSeq`, the slot if there is one, and the effects. */
const TABLE: Record<keyof typeof STATES, Record<keyof typeof INPUTS, string>> = {
  unknown: {
    synced: "5/2@4",
    room: "5/2@4",
    receipt: "0/0@6",
    "receipt of another": "0/0@-",
    reset: "0/0@-",
    ev: "0/0@-",
    "own ev": "0/0@11",
    mark: "0/0@8 slot 8 in 1000; keep 8",
    restored: "0/0@7 slot 7 said; keep 7, say 7",
    mirrored: "0/0@7",
    greeting: "0/0@-",
    connected: "0/0@-",
    disconnected: "0/0@-",
    tick: "0/0@-",
  },
  offline: {
    synced: "5/2@4",
    room: "5/2@4",
    receipt: "3/1@6",
    "receipt of another": "6/1@3",
    reset: "6/1@3",
    ev: "7/1@3",
    "own ev": "0/0@11",
    mark: "1/1@8 slot 8 in 1000; keep 8",
    restored: "2/1@7 slot 7 in 0; keep 7",
    mirrored: "2/1@7",
    greeting: "6/1@3",
    connected: "6/1@3",
    disconnected: "6/1@3",
    tick: "6/1@3",
  },
  live: {
    synced: "5/2@4",
    room: "5/2@4",
    receipt: "3/1@6",
    "receipt of another": "6/1@3",
    reset: "6/1@3",
    ev: "7/1@3",
    "own ev": "0/0@11",
    mark: "1/1@8 slot 8 in 1000; keep 8",
    restored: "2/1@7 slot 7 said; keep 7, say 7",
    mirrored: "2/1@7",
    greeting: "6/1@3",
    connected: "6/1@3",
    disconnected: "6/1@3",
    tick: "6/1@3",
  },
  waiting: {
    synced: "4/2@5 slot 5 in 500",
    room: "4/2@5 slot 5 in 500",
    receipt: "3/1@6; forget",
    "receipt of another": "4/1@5 slot 5 in 500",
    reset: "4/1@5 slot 5 in 500",
    ev: "5/1@5 slot 5 in 500",
    "own ev": "0/0@11; forget",
    mark: "1/1@8 slot 8 in 500; keep 8",
    restored: "2/1@7 slot 7 said; keep 7, say 7",
    mirrored: "2/1@7 slot 5 in 500",
    greeting: "4/1@5 slot 5 in 500",
    connected: "4/1@5 slot 5 in 1000",
    disconnected: "4/1@5 slot 5 in 500",
    tick: "4/1@5 slot 5 in 500",
  },
  said: {
    synced: "4/2@5 slot 5 said",
    room: "4/2@5 slot 5 said",
    receipt: "3/1@6; forget",
    "receipt of another": "4/1@5 slot 5 said",
    reset: "4/1@5 slot 5 said",
    ev: "5/1@5 slot 5 said",
    "own ev": "0/0@11; forget",
    mark: "1/1@8 slot 8 in 1000; keep 8",
    restored: "2/1@7 slot 7 said; keep 7, say 7",
    mirrored: "2/1@7 slot 5 said",
    greeting: "4/1@5 slot 5 said",
    connected: "4/1@5 slot 5 said",
    disconnected: "4/1@5 slot 5 in 0",
    tick: "4/1@5 slot 5 said",
  },
  kept: {
    synced: "4/2@5 slot 5 in -1",
    room: "4/2@5 slot 5 in -1",
    receipt: "3/1@6; forget",
    "receipt of another": "4/1@5 slot 5 in -1",
    reset: "4/1@5 slot 5 in -1",
    ev: "5/1@5 slot 5 in -1",
    "own ev": "0/0@11; forget",
    mark: "1/1@8 slot 8 in -1; keep 8",
    restored: "2/1@7 slot 7 in 0; keep 7",
    mirrored: "2/1@7 slot 5 in -1",
    greeting: "4/1@5 slot 5 in -1",
    connected: "4/1@5 slot 5 in 1000",
    disconnected: "4/1@5 slot 5 in -1",
    tick: "4/1@5 slot 5 in -1",
  },
};

function describeView({ unread, mentions, readSeq }: Unread): string {
  return `${String(unread)}/${String(mentions)}@${String(readSeq ?? "-")}`;
}

function describeSlot({ slot }: ReadingState): string {
  if (!slot) return "";
  const when = slot.sayAt === Infinity ? "said" : `in ${String(slot.sayAt - NOW)}`;
  return ` slot ${String(slot.seq)} ${when}`;
}

function describeEffect(effect: ReadingEffect): string {
  if (effect.type === "say") return `say ${String(effect.seq)}`;
  return effect.position ? `keep ${String(effect.position.seq)}` : "forget";
}

function play(state: ReadingState, ...inputs: readonly ReadingInput[]): ReadingState {
  return inputs.reduce((before, input) => stepReading(before, input, MOMENT).state, state);
}

describe("stepReading", () => {
  for (const from of Object.keys(TABLE) as (keyof typeof STATES)[]) {
    for (const name of Object.keys(INPUTS) as (keyof typeof INPUTS)[]) {
      const expected = TABLE[from][name];
      it(`[R1] ${name} while ${from}: ${expected}`, () => {
        const { state, effects } = stepReading(STATES[from], INPUTS[name], MOMENT);
        const told = effects.map(describeEffect).join(", ");
        const shown = `${describeView(readingView(state))}${describeSlot(state)}`;
        expect(told ? `${shown}; ${told}` : shown).toBe(expected);
      });
    }
  }
});

describe("reading", () => {
  it("[R1] order, repetition and loss of what is told do not matter", () => {
    const told: ReadingInput[] = [
      INPUTS.receipt,
      INPUTS["receipt of another"],
      INPUTS.ev,
      INPUTS["own ev"],
      { t: "receipt", room: "lobby", user: ada.id, seq: 2, count: 2 },
    ];
    const inOrder = play(STATES.live, ...told);
    const backwards = play(STATES.live, ...[...told].reverse(), ...told);
    expect(readingView(backwards)).toEqual(readingView(inOrder));
    expect(backwards.receipts).toEqual(inOrder.receipts);
  });

  it("[R1] says at most one position a second, the furthest", () => {
    const first = play(STATES.live, INPUTS.mark, { t: "mark", position: { seq: 9, count: 9 } });
    expect(nextReadingDeadline(first)).toBe(NOW + 1_000);
    const { effects } = stepReading(first, INPUTS.tick, { ...MOMENT, now: NOW + 1_000 });
    expect(effects).toEqual([{ type: "say", seq: 9 }]);
  });

  it("[R1] ignores what goes back", () => {
    const lower: ReadingInput = { t: "mark", position: { seq: 2, count: 2 } };
    expect(play(STATES.waiting, lower)).toEqual(STATES.waiting);
  });

  it("[R1] says again, a second after a reconnect, what no server has confirmed", () => {
    const lost = play(STATES.said, INPUTS.disconnected);
    const connected = play(lost, INPUTS.greeting, INPUTS.connected);
    expect(nextReadingDeadline(connected)).toBe(NOW + 1_000);
    const again = stepReading(connected, INPUTS.tick, { ...MOMENT, now: NOW + 1_000 });
    expect(again.effects).toEqual([{ type: "say", seq: 5 }]);
    const confirmed = play(again.state, { ...INPUTS.receipt, seq: 5, count: 5 });
    const next = stepReading(play(confirmed, INPUTS.disconnected), INPUTS.connected, MOMENT);
    expect(next.effects).toEqual([]);
    expect(next.state.slot).toBeUndefined();
    expect(readingView(next.state)).toEqual(readingView(confirmed));
  });

  it("[R2] unread is never negative, and no mention is unread where all is read", () => {
    const ahead: ReadingInput = { t: "receipt", room: "lobby", user: ada.id, seq: 20, count: 20 };
    expect(readingView(play(STATES.live, ahead))).toEqual({ unread: 0, mentions: 0, readSeq: 20 });
  });

  it("[R2] a read position before the window waits for the server to count", () => {
    const unknown: ReadingInput = { t: "mark", position: { seq: 5, count: 0 } };
    expect(readingView(play(STATES.live, unknown))).toMatchObject({ unread: 6, readSeq: 5 });
  });

  it("[L8] says nothing of a log that turns out to be another one", () => {
    const other: ReadingInput = { ...INPUTS.reset, epoch: "00000000000000bb" };
    const { effects } = stepReading(STATES.kept, INPUTS.connected, MOMENT);
    expect(effects).toEqual([]);
    expect(play(STATES.kept, ...LINE, other).slot).toBeUndefined();
  });

  it("[L8] forgets positions of another past of the log, or beyond its end", () => {
    const other = play(STATES.waiting, { ...INPUTS.reset, epoch: "00000000000000bb" });
    expect(readingView(other)).toEqual({ unread: 0, mentions: 0 });
    expect(other).toMatchObject({ isLive: true, count: 9, epoch: "00000000000000bb" });
    const forked = play(STATES.waiting, { ...INPUTS.reset, why: "chain" });
    const rewound = play(STATES.waiting, { ...INPUTS.reset, why: "ahead" });
    expect(rewound).toEqual(forked);
    expect(readingView(forked)).toEqual({ unread: 0, mentions: 0 });
    const asked = play(STATES.waiting, ...LINE);
    const shorter = stepReading(asked, { ...INPUTS.reset, head: 2, count: 2 }, MOMENT);
    expect(readingView(shorter.state)).toEqual({ unread: 0, mentions: 0 });
    expect(shorter.effects).toEqual([{ type: "slot", position: undefined }]);
  });

  it("[L8] believes the next line, whose log may have been put back to a backup", () => {
    const past = play(STATES.waiting, INPUTS["own ev"], INPUTS.disconnected, ...LINE);
    expect(readingView(past)).toEqual({ unread: 0, mentions: 0, readSeq: 11 });
    for (const told of [INPUTS.room, INPUTS.synced]) {
      const back = play(past, { ...told, head: 9, count: 9 });
      expect(readingView(back)).toEqual({ unread: 5, mentions: 2, readSeq: 4 });
    }
    const sameSeq = { ...INPUTS.room, head: 11, count: 8, readSeq: 11, readCount: 7 };
    expect(readingView(play(past, sameSeq))).toMatchObject({ unread: 1, readSeq: 11 });
    const raised = play(past, { ...INPUTS.receipt, seq: 7, count: 7 }, INPUTS.synced);
    expect(readingView(raised)).toMatchObject({ unread: 2, readSeq: 7 });
  });

  it("[L8] forgets what it wanted to say beyond the end of a log that was put back", () => {
    const marked = play(STATES.kept, INPUTS.mark, INPUTS.mirrored, ...LINE);
    const { state, effects } = stepReading(marked, { ...INPUTS.synced, head: 6 }, MOMENT);
    expect(state).toMatchObject({ slot: undefined, mirror: undefined });
    expect(effects).toEqual([{ type: "slot", position: undefined }]);
    const read: ReadingInput = { t: "mark", position: { seq: 12, count: 12 } };
    const newer = play(marked, read, { ...INPUTS.room, head: 6 });
    expect(newer.slot).toMatchObject({ seq: 12 });
  });

  it("[L8] believes a line before what was kept of the room, whichever comes first", () => {
    const frame: RoomFrame = { ...INPUTS.room, head: 12, count: 12, readSeq: 11, readCount: 11 };
    const kept: ReadingInput = { t: "kept", frame };
    const before = play(UNKNOWN_READING, ...LINE, kept);
    expect(readingView(before)).toEqual({ unread: 1, mentions: 2, readSeq: 11 });
    for (const inputs of [[kept, INPUTS.synced] as const, [INPUTS.synced, kept] as const]) {
      const told = play(UNKNOWN_READING, ...LINE, ...inputs);
      expect(readingView(told)).toEqual({ unread: 5, mentions: 2, readSeq: 4 });
      expect(play(told, INPUTS.mirrored).mirror?.seq).toBe(7);
    }
  });

  it("[R1] what another tab has read since this line was asked for is no sign of a backup", () => {
    const line = play(UNKNOWN_READING, ...LINE, INPUTS.mirrored);
    for (const told of [INPUTS.reset, { ...INPUTS.synced, read: undefined }]) {
      expect(readingView(play(line, { ...told, head: 0, count: 0 })).readSeq).toBe(7);
    }
    const found = play(UNKNOWN_READING, ...LINE, INPUTS.restored, { ...INPUTS.reset, head: 0 });
    expect(found.slot).toBeUndefined();
  });

  it("[R2] a member who never read anything has nothing unread", () => {
    const room: ReadingInput = { ...INPUTS.room, readSeq: 0, readCount: 9, mentions: 0 };
    const more: ReadingInput = { ...room, head: 12, count: 12, readCount: 12 };
    expect(readingView(play(STATES.unknown, room, more))).toEqual({ unread: 0, mentions: 0 });
    expect(readingView(play(STATES.live, more))).toMatchObject({ unread: 9, readSeq: 3 });
  });

  it("[R3] lists no more people than receipts are told of", () => {
    const all = Array.from({ length: 150 }, (_, index): ReadingInput => {
      return { t: "receipt", room: "lobby", user: `user-${String(index)}`, seq: 1, count: 1 };
    });
    const many = play(STATES.live, ...all);
    expect(many.receipts.size).toBe(100);
    const further = play(many, { ...INPUTS.receipt, user: "user-7", seq: 5, count: 5 });
    expect(further.receipts.get("user-7")).toBe(5);
  });

  it("[R3] receipts are those of the newest synced, and grow from there", () => {
    const synced = play(STATES.live, INPUTS["receipt of another"], INPUTS.synced);
    expect([...synced.receipts]).toEqual([[ben.id, 7]]);
    expect(play(synced, INPUTS["receipt of another"]).receipts).toBe(synced.receipts);
    expect([...play(synced, INPUTS.ev).receipts]).toEqual([[ben.id, 10]]);
  });
});
