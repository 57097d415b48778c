import { describe, expect, it } from "vitest";
import { sampleId, SampleLog } from "../testing/sample-log.js";
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
    const edited = new SampleLog();
    edited.appendMany(60);
    const page = edited.page(51);
    edited.change({ k: "edit", target: sampleId(50), body: "as it is" });
    const held: RoomLogState = {
      ...windowSince(150, 51),
      cursor: { epoch: edited.epoch, seq: 61, chain: edited.chain() },
      rows: edited.rows(50, 60),
      ring: edited.events.slice(60),
    };
    expect(page.messages.at(-1)).toMatchObject({ body: "message 50", rev: 50 });
    expect(mergePage(held, page, 51)?.rows).toEqual(edited.rows(0, 60));
    const fresh = { ...page, asOf: 61 };
    expect(mergePage(held, fresh, 51)?.rows[49]).toBe(page.messages.at(-1));
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
