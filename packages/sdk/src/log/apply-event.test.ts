import { describe, expect, it } from "vitest";
import type { EventFrame } from "../protocol/events.js";
import type { MessageRow } from "../protocol/model.js";
import { sampleId, SampleLog, type SampleChange } from "../testing/sample-log.js";
import { sampleRows } from "../testing/sample-rows.js";
import { SeededRandom } from "../testing/seeded-random.js";
import { applyToRow, applyToRows } from "./apply-event.js";

const { ada, ben } = SampleLog;
const FIRST = sampleId(1);

function fold(events: readonly EventFrame[], thread?: string): readonly MessageRow[] {
  return events.reduce<readonly MessageRow[]>((rows, it) => applyToRows(rows, it, thread), []);
}

/** A message and what became of it. */
function after(...changes: readonly SampleChange[]) {
  const log = new SampleLog();
  log.append({ by: ada, mentions: [ben.id], meta: { a: 1 } });
  for (const change of changes) log.change(change);
  const rows = fold(log.events);
  expect(rows).toEqual(log.rows(0, log.head));
  return rows[0];
}

describe("applyToRows", () => {
  it("[O10] an edit replaces words and mentions, and says when", () => {
    const row = after({ k: "edit", target: FIRST, body: "better" });
    expect(row).toMatchObject({ body: "better", rev: 2, editedAt: expect.any(Number) as number });
    expect(row).not.toHaveProperty("mentions");
    const again = after({ k: "edit", target: FIRST, body: "better", mentions: [ada.id] });
    expect(again?.mentions).toEqual([ada.id]);
  });

  it("[O10] of a deleted message its place remains, and nothing it said", () => {
    const row = after(
      { k: "edit", target: FIRST, body: "better" },
      { k: "react", target: FIRST, emoji: "👍" },
      { k: "pin", target: FIRST },
      { k: "del", target: FIRST },
    );
    expect(row).toEqual({
      ...{ id: FIRST, seq: 1, rev: 5, count: 1, by: ada.id, at: row?.at, format: "text", body: "" },
      ...{ author: { name: "Ada", kind: "user" }, deletedAt: expect.any(Number) as number },
    });
  });

  it("[O4] reactions are sets, in the order they came", () => {
    const log = new SampleLog();
    log.append();
    const react = (emoji: string, by = ada) =>
      log.change({ k: "react", target: FIRST, emoji }, { by });
    react("👍");
    react("🎉", ben);
    react("👍", ben);
    react("👍", ben);
    log.change({ k: "unreact", target: FIRST, emoji: "🎉" }, { by: ada });
    expect(fold(log.events)[0]?.reactions).toEqual([
      { emoji: "👍", count: 2, users: [ada.id, ben.id] },
      { emoji: "🎉", count: 1, users: [ben.id] },
    ]);
    log.change({ k: "unreact", target: FIRST, emoji: "👍" }, { by: ada });
    log.change({ k: "unreact", target: FIRST, emoji: "👍" }, { by: ben });
    log.change({ k: "unreact", target: FIRST, emoji: "🎉" }, { by: ben });
    expect(fold(log.events)[0]).not.toHaveProperty("reactions");
    expect(fold(log.events)).toEqual(log.rows(0, 9));
  });

  it("names the first 20 who reacted, and counts all", () => {
    const log = new SampleLog();
    log.append();
    for (let number = 1; number <= 25; number += 1) {
      const by = { ...ada, id: `user:${String(number)}` };
      log.change({ k: "react", target: FIRST, emoji: "👍" }, { by });
    }
    const [reaction] = fold(log.events)[0]?.reactions ?? [];
    expect(reaction).toMatchObject({ count: 25 });
    expect(reaction?.users).toHaveLength(20);
    expect(fold(log.events)).toEqual(log.rows(0, 1));
  });

  it("[L11] names who moves up when one of the first 20 takes it back", () => {
    const random = new SeededRandom("many who react");
    const log = new SampleLog();
    log.append();
    const people = Array.from({ length: 26 }, (_, index) => ({
      ...ada,
      id: `user:${String(index)}`,
    }));
    let moves = 0;
    while (log.head < 400) {
      const k = random.chance(0.8) ? "react" : "unreact";
      const event = log.change({ k, target: FIRST, emoji: "👍" }, { by: random.pick(people) });
      if (event.k === "unreact" && event.next !== undefined) moves += 1;
    }
    expect(moves).toBeGreaterThan(10);
    for (let upTo = 1; upTo <= log.head; upTo += 1) {
      expect(fold(log.events.slice(0, upTo))).toEqual(log.rows(0, 1, upTo));
    }
  });

  it("pins, and unpins without a trace", () => {
    expect(after({ k: "pin", target: FIRST })?.pinned).toBe(true);
    const unpinned = after({ k: "pin", target: FIRST }, { k: "unpin", target: FIRST });
    expect(unpinned).not.toHaveProperty("pinned");
  });

  it("[L2] a reply is in its thread, and in the room only when it was sent there as well", () => {
    const log = new SampleLog();
    log.append();
    log.append({ thread: FIRST });
    log.append({ thread: FIRST, inRoom: true });
    log.append();
    const rows = fold(log.events);
    expect(rows.map(({ seq, count }) => [seq, count])).toEqual([
      [1, 1],
      [3, 2],
      [4, 3],
    ]);
    expect(rows[0]).toMatchObject({ replies: { count: 2, lastSeq: 3 }, rev: 3 });
    expect(fold(log.events, FIRST).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it("[L11] a deleted reply leaves its thread shorter, wherever it is shown", () => {
    const log = new SampleLog();
    log.append();
    log.append({ thread: FIRST });
    log.append({ thread: FIRST });
    log.change({ k: "del", target: sampleId(2) });
    const [root] = fold(log.events);
    expect(root).toMatchObject({ rev: 4, replies: { count: 1, lastSeq: 3 } });
    expect(fold(log.events, FIRST)[0]).toMatchObject({
      ...{ rev: 4, body: "", deletedAt: log.events[3]?.at },
    });
  });

  it("changes the one row an event is about, and no other object", () => {
    const log = new SampleLog();
    log.appendMany(5);
    const rows = fold(log.events);
    const next = applyToRows(rows, log.change({ k: "pin", target: sampleId(3) }));
    expect(next.map((row, index) => row === rows[index])).toEqual([true, true, false, true, true]);
    const elsewhere = log.change({ k: "pin", target: FIRST });
    expect(applyToRows(rows.slice(1), elsewhere)).toEqual(rows.slice(1));
  });

  it("[W3] nothing comes of a kind this version does not know", () => {
    const log = new SampleLog();
    const rows = fold([log.append()]);
    const unknown = { ...log.append(), k: "constructor", target: FIRST };
    expect(applyToRows(rows, unknown)).toBe(rows);
  });
});

describe("applyToRow", () => {
  it("[L11] applies an event only to its own row, and only if it is newer than the row", () => {
    const log = new SampleLog();
    log.appendMany(2);
    const [row, other] = fold(log.events);
    const edit = log.change({ k: "edit", target: FIRST, body: "better" });
    if (!row || !other) throw new Error("no rows");
    expect(applyToRow(other, edit)).toBe(other);
    const edited = applyToRow(row, edit);
    expect(edited).toMatchObject({ body: "better", rev: 3 });
    expect(applyToRow(edited, edit)).toBe(edited);
    const newer = { ...row, body: "newest", rev: 4 };
    expect(applyToRow(newer, edit)).toBe(newer);
  });
});

describe("laws", () => {
  it.each(Array.from({ length: 20 }, (_, index) => index))(
    "[L11] folding the log gives the server's rows, from any snapshot on, seed %i",
    (seed) => {
      const random = new SeededRandom(`log ${String(seed)}`);
      const log = randomLog(random, 120);
      const cut = random.integer(0, log.head);
      const rest = log.events.slice(cut);
      const inRoom = log.rows(0, log.head);
      expect(fold(log.events)).toEqual(inRoom);
      const snapshot = log.rows(0, cut, cut);
      const grown = [...rest, ...rest].reduce<readonly MessageRow[]>(
        (rows, event) => applyToRows(rows, event),
        snapshot,
      );
      expect(grown).toEqual(inRoom);
      const root = log.events.find((event) => event.k === "msg" && event.thread)?.id;
      const thread = log.events.find((event) => event.id === root);
      const id = thread?.k === "msg" ? (thread.thread ?? "") : "";
      expect(fold(log.events, id)).toEqual(
        sampleRows(log.events).filter((row) => row.thread === id && id !== ""),
      );
    },
  );
});

/** Everything that can happen, to messages that are there. */
function randomLog(random: SeededRandom, length: number): SampleLog {
  const log = new SampleLog();
  const emoji = ["👍", "🎉", "😮"];
  while (log.head < length) {
    const rows = sampleRows(log.events);
    const target = rows.length > 0 ? random.pick(rows) : undefined;
    const by = random.chance(0.5) ? ada : ben;
    if (!target || target.deletedAt !== undefined || random.chance(0.4)) {
      const thread = target && !target.thread && random.chance(0.4) ? { thread: target.id } : {};
      const isBoth = "thread" in thread && random.chance(0.3);
      log.append({ by, ...thread, ...(isBoth && { inRoom: true }) });
      continue;
    }
    const { id } = target;
    const reaction = { target: id, emoji: random.pick(emoji) };
    const change = random.pick<SampleChange>([
      { k: "edit", target: id, body: `edit ${String(log.head)}`, mentions: [ben.id] },
      { k: "react", ...reaction },
      { k: "react", ...reaction },
      { k: "unreact", ...reaction },
      { k: "pin", target: id },
      { k: "unpin", target: id },
      ...(random.chance(0.4) ? [{ k: "del", target: id } as const] : []),
    ]);
    log.change(change, { by });
  }
  return log;
}
