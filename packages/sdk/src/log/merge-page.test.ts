import { describe, expect, it } from "vitest";
import { SampleLog } from "../testing/sample-log.js";
import { applyToRow } from "./apply-event.js";
import { mergePage } from "./merge-page.js";
import { UNKNOWN_ROOM_LOG } from "./room-log.machine.js";
import type { RoomLogState } from "./room-log-step.js";

const log = new SampleLog();
log.appendMany(200);

/** A window of the newest rows after a snapshot at one seq and the events since. */
function windowSince(snapshotAt: number, oldest: number): RoomLogState {
  return {
    ...UNKNOWN_ROOM_LOG,
    status: "live",
    cursor: { epoch: log.epoch, seq: 200, chain: log.chain() },
    rows: log.rows(oldest - 1, 200),
    hasOlder: true,
    ring: log.events.slice(Math.max(snapshotAt, 72)),
  };
}

describe("mergePage", () => {
  it("[L10] puts an older page in front, without a hole and without a double", () => {
    const merged = mergePage(windowSince(150, 101), log.page(101), 101);
    expect(merged?.rows).toEqual(log.rows(50, 200));
    expect(merged?.hasOlder).toBe(true);
  });

  it("[L10] knows the end of history", () => {
    expect(mergePage(windowSince(150, 31), log.page(31), 31)?.hasOlder).toBe(false);
    const empty = { ...log.page(31), messages: [], hasMore: true };
    expect(mergePage(windowSince(150, 31), empty, 31)?.hasOlder).toBe(false);
  });

  it("[L10] brings a page up to date with the events applied since it was read", () => {
    const [row] = log.rows(49, 50);
    const event = log.events[49];
    if (!row || !event) throw new Error("no message 50");
    const stale = { ...row, body: "as it was", rev: 40 };
    const page = { ...log.page(51, 1), asOf: 198, messages: [stale] };
    const late = { ...event, seq: 199, body: "as it is" };
    const state = windowSince(150, 51);
    const ring = state.ring.map((it) => (it.seq === 199 ? late : it));
    expect(mergePage({ ...state, ring }, page, 51)?.rows[0]).toMatchObject({
      body: "as it is",
      rev: 199,
    });
    expect(mergePage({ ...state, ring }, { ...page, asOf: 199 }, 51)?.rows[0]).toBe(stale);
  });

  it("[L10] refuses a page older than the ring, and takes one newer than the cursor", () => {
    const state = windowSince(150, 101);
    expect(mergePage(state, { ...log.page(101), asOf: 149 }, 101)).toBeUndefined();
    expect(mergePage(state, { ...log.page(101), asOf: 150 }, 101)).toBeDefined();
    expect(mergePage(state, { ...log.page(101), asOf: 500 }, 101)).toBeDefined();
    const justReset = { ...state, ring: [] };
    expect(mergePage(justReset, { ...log.page(101), asOf: 199 }, 101)).toBeUndefined();
    expect(mergePage(justReset, log.page(101), 101)).toBeDefined();
  });

  it("[L10] refuses a page of another epoch, and one for a window that was replaced", () => {
    const state = windowSince(150, 101);
    const other = { ...log.page(101), epoch: "00000000000000bb" };
    expect(mergePage(state, other, 101)).toBeUndefined();
    expect(mergePage(state, log.page(90), 90)).toBeUndefined();
    expect(mergePage(UNKNOWN_ROOM_LOG, log.page(101), 101)).toBeUndefined();
  });

  it("[L10] takes no row that is in the window already", () => {
    const page = { ...log.page(101), messages: log.rows(60, 120) };
    expect(mergePage(windowSince(150, 101), page, 101)?.rows).toEqual(log.rows(60, 200));
  });
});

describe("applyToRow", () => {
  it("[L11] applies an event only to its own row, and only if it is newer than the row", () => {
    const [row] = log.rows(0, 1);
    const event = log.events[0];
    if (!row || !event) throw new Error("no message 1");
    expect(applyToRow(row, event)).toBe(row);
    const newer = applyToRow(row, { ...event, seq: 9 });
    expect(newer).toEqual({ ...row, seq: 9, rev: 9 });
    expect(applyToRow(newer, { ...event, seq: 9 })).toBe(newer);
    expect(applyToRow(row, { ...event, seq: 9, id: "another" })).toBe(row);
    expect(applyToRow(row, { ...event, seq: 9, k: "unknown" })).toBe(row);
  });
});
