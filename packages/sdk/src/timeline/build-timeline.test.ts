import { describe, expect, it } from "vitest";
import { ChatError } from "../errors.js";
import { createCalendar } from "../platform/calendar.js";
import type { MessageRow } from "../protocol/model.js";
import type { OutboxEntry } from "../outbox/outbox-entry.js";
import { sampleId, SampleLog, type SampleChange } from "../testing/sample-log.js";
import { sampleAsking, sampleDraft, sampleEntry } from "../testing/sample-outbox.js";
import { SeededRandom } from "../testing/seeded-random.js";
import { buildTimeline, type Timeline, type TimelineInput } from "./build-timeline.js";
import type { TimelineItem, TimelineMessage } from "./timeline-item.js";
import type { Viewer } from "./timeline-line.js";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 20, 12);
const { ada, ben } = SampleLog;
const VIEWER: Viewer = { id: ada.id, author: { name: ada.name, kind: ada.kind } };
const dayOf = createCalendar("UTC");

/** Rows by who wrote them and how many minutes after noon. */
function rowsOf(...messages: readonly (readonly [typeof ada, number])[]): readonly MessageRow[] {
  const log = new SampleLog();
  for (const [by, minutes] of messages) log.append({ by, at: NOON + minutes * MINUTE });
  return log.rows(0, log.head);
}

/** A message on its way. */
function pendingOf(number: number, change: Partial<OutboxEntry> = {}): OutboxEntry {
  return sampleEntry(sampleDraft(number, { since: NOON, at: NOON }), change);
}

/** A change of a message on its way. */
function changeOf(number: number, op: object, change: Partial<OutboxEntry> = {}): OutboxEntry {
  return sampleEntry(sampleAsking(number, op), { at: NOON, ...change });
}

function inputOf(rows: readonly MessageRow[], pending: readonly OutboxEntry[] = []): TimelineInput {
  return { rows, pending, viewer: VIEWER, dayOf };
}

function messagesOf({ items }: Timeline): readonly TimelineMessage[] {
  return items.filter((item): item is TimelineMessage => item.kind === "message");
}

function keysOf({ items }: Timeline): readonly string[] {
  return items.map((item) => item.key);
}

/** Groups as text: `[` begins one, `]` ends one. */
function groupsOf(timeline: Timeline): string {
  return timeline.items
    .map((item) => {
      if (item.kind === "day") return `${item.day} `;
      const [begin, end] = [item.isGroupStart ? "[" : "", item.isGroupEnd ? "]" : ""];
      return begin + item.author.name.charAt(0) + end;
    })
    .join("");
}

describe("order", () => {
  it("[B2] shows the log by seq, then what is on its way and what failed in send order", () => {
    const rows = rowsOf([ben, 0], [ada, 1]);
    const error = new ChatError("muted", "unable to send the message; muted");
    const failed = pendingOf(12, { progress: { status: "failed", error } });
    const timeline = buildTimeline(inputOf(rows, [pendingOf(11), failed, pendingOf(13)]));
    expect(messagesOf(timeline).map(({ id }) => id)).toEqual([1, 2, 11, 12, 13].map(sampleId));
    expect(messagesOf(timeline)[3]?.delivery).toEqual({ status: "failed", error });
  });

  it("[B4] shows what is in the log and in the outbox once, in its place in the log", () => {
    const rows = rowsOf([ada, 0], [ben, 1]);
    const timeline = buildTimeline(inputOf(rows, [pendingOf(1), pendingOf(9)]));
    expect(messagesOf(timeline).map(({ id }) => id)).toEqual([1, 2, 9].map(sampleId));
    expect(messagesOf(timeline)[0]).toMatchObject({ seq: 1, delivery: { status: "sent" } });
  });

  it("[O1] a message keeps its key from the moment of sending", () => {
    const before = buildTimeline(inputOf([], [pendingOf(1)]));
    const after = buildTimeline(inputOf(rowsOf([ada, 0])), before);
    expect(keysOf(after)).toEqual(keysOf(before));
  });

  it("[B3] an acked message is shown as sent before the log gets there", () => {
    const acked = pendingOf(1, { progress: { status: "acked", seq: 7, at: NOON } });
    const [message] = messagesOf(buildTimeline(inputOf([], [acked])));
    expect(message).toMatchObject({ seq: 7, isOwn: true, delivery: { status: "sent" } });
  });

  it("tells own messages from those of others by who wrote them", () => {
    const timeline = buildTimeline(inputOf(rowsOf([ada, 0], [ben, 0])));
    expect(messagesOf(timeline).map(({ isOwn }) => isOwn)).toEqual([true, false]);
    const asBen = { ...inputOf(rowsOf([ada, 0], [ben, 0])), viewer: { ...VIEWER, id: ben.id } };
    expect(messagesOf(buildTimeline(asBen, timeline)).map(({ isOwn }) => isOwn)).toEqual([
      false,
      true,
    ]);
  });
});

describe("groups and days", () => {
  it("groups what one author says within 5 minutes", () => {
    const rows = rowsOf([ada, 0], [ada, 4], [ada, 9], [ben, 9], [ben, 10], [ada, 10]);
    expect(groupsOf(buildTimeline(inputOf(rows)))).toBe("2026-11-20 [AA][A][BB][A]");
  });

  it("ends a group 15 minutes after its first message", () => {
    const rows = rowsOf([ada, 0], [ada, 4], [ada, 8], [ada, 12], [ada, 15], [ada, 16]);
    expect(groupsOf(buildTimeline(inputOf(rows)))).toBe("2026-11-20 [AAAA][AA]");
  });

  it("begins a day with its line and a new group, by the time zone asked for", () => {
    const rows = rowsOf([ada, 719], [ada, 720], [ada, 721]);
    expect(groupsOf(buildTimeline(inputOf(rows)))).toBe("2026-11-20 [A]2026-11-21 [AA]");
    const inKiritimati = { ...inputOf(rows), dayOf: createCalendar("Pacific/Kiritimati") };
    expect(groupsOf(buildTimeline(inKiritimati))).toBe("2026-11-21 [AAA]");
  });

  it("groups pending messages with the last confirmed ones", () => {
    const timeline = buildTimeline(inputOf(rowsOf([ben, 0], [ada, 1]), [pendingOf(9)]));
    expect(groupsOf(timeline)).toBe("2026-11-20 [B][AA]");
  });

  it("a clock that is behind brings no earlier day back", () => {
    const yesterday = pendingOf(9, { at: NOON - 1_440 * MINUTE });
    const timeline = buildTimeline(inputOf(rowsOf([ben, 0]), [yesterday]));
    expect(groupsOf(timeline)).toBe("2026-11-20 [B][A]");
  });
});

describe("changes on their way", () => {
  const shownWith = (...pending: readonly OutboxEntry[]): TimelineMessage | undefined =>
    messagesOf(buildTimeline(inputOf(rowsOf([ada, 0]), pending)))[0];
  const target = sampleId(1);

  it("[B2] an edit shows at once, and that it is pending", () => {
    const edit = changeOf(9, { k: "edit", target, body: "better", mentions: [ada.id] });
    expect(shownWith(edit)).toMatchObject({
      ...{ body: "better", editedAt: NOON, change: "pending", isMentioned: true },
      delivery: { status: "sent" },
    });
  });

  it("[B3] an acked change shows until the log gets there, and is pending no more", () => {
    const progress = { status: "acked", seq: 9, at: NOON } as const;
    const shown = shownWith(changeOf(9, { k: "pin", target }, { progress }));
    expect(shown).toMatchObject({ isPinned: true });
    expect(shown).not.toHaveProperty("change");
  });

  it("[B2] later changes show on top of earlier ones", () => {
    const shown = shownWith(
      changeOf(7, { k: "edit", target, body: "first" }),
      changeOf(8, { k: "edit", target, body: "second" }),
      changeOf(9, { k: "react", target, emoji: "👍" }),
    );
    expect(shown).toMatchObject({ body: "second", reactions: [{ emoji: "👍", count: 1 }] });
  });

  it("[B2] what was asked for here shows on top of what another tab asked for", () => {
    const shown = shownWith(
      changeOf(8, { k: "edit", target, body: "here" }),
      changeOf(9, { k: "edit", target, body: "elsewhere" }, { tab: "other" }),
    );
    expect(shown).toMatchObject({ body: "here", change: "pending" });
  });

  it("[B2] a reaction of ours counts once, and its withdrawal takes it away", () => {
    const log = new SampleLog();
    log.append();
    log.change({ k: "react", target, emoji: "👍" }, { by: ben });
    log.change({ k: "react", target, emoji: "🎉" }, { by: ada });
    const input = (...ops: readonly object[]) =>
      inputOf(
        log.rows(0, 1),
        ops.map((op, index) => changeOf(7 + index, { target, ...op })),
      );
    const reactionsOf = (...ops: readonly object[]) =>
      messagesOf(buildTimeline(input(...ops)))[0]?.reactions?.map(
        ({ emoji, count, isOwn }) => `${emoji}${String(count)}${isOwn ? " own" : ""}`,
      );
    expect(reactionsOf({ k: "react", emoji: "👍" }, { k: "react", emoji: "👍" })).toEqual([
      "👍2 own",
      "🎉1 own",
    ]);
    expect(reactionsOf({ k: "react", emoji: "🎉" })).toEqual(["👍1", "🎉1 own"]);
    expect(reactionsOf({ k: "unreact", emoji: "🎉" })).toEqual(["👍1"]);
    expect(reactionsOf({ k: "unreact", emoji: "👍" })).toEqual(["👍1", "🎉1 own"]);
  });

  it("[B2] a deletion empties the message, and nothing else shows on it", () => {
    const shown = shownWith(
      changeOf(8, { k: "del", target }),
      changeOf(9, { k: "react", target, emoji: "👍" }),
    );
    expect(shown).toMatchObject({ body: "", deletedAt: NOON, change: "pending" });
    expect(shown).not.toHaveProperty("reactions");
  });

  it("[B2] a message that is on its way can be changed as well", () => {
    const edit = changeOf(12, { k: "edit", target: sampleId(11), body: "better" });
    const [message] = messagesOf(buildTimeline(inputOf([], [pendingOf(11), edit])));
    expect(message).toMatchObject({
      ...{ id: sampleId(11), body: "better", change: "pending" },
      delivery: { status: "pending" },
    });
  });

  it("[B2] the words of a refused edit stay with the message, which is as it was", () => {
    const error = new ChatError("edit_window", "unable to edit the message; too late");
    const progress = { status: "failed", error } as const;
    const shown = shownWith(changeOf(9, { k: "edit", target, body: "better" }, { progress }));
    expect(shown).toMatchObject({
      body: "message 1",
      failedEdit: { id: sampleId(9), body: "better", error },
    });
    expect(shown).not.toHaveProperty("change");
  });

  it("a change of a message that is not here shows nowhere", () => {
    expect(shownWith(changeOf(9, { k: "pin", target: sampleId(99) }))).toEqual(shownWith());
  });

  it("[O11] [B4] says what is being taken back, and what another tab sends", () => {
    const shown = buildTimeline(
      inputOf([], [pendingOf(1, { fence: "cancelled" }), pendingOf(2, { tab: "other" })]),
    );
    expect(messagesOf(shown).map(({ delivery }) => delivery)).toEqual([
      { status: "pending", since: NOON, isCancelling: true },
      { status: "pending", since: NOON, tab: "other" },
    ]);
  });
});

describe("threads", () => {
  const root = sampleId(1);
  const reply = (number: number, inRoom?: true): OutboxEntry =>
    sampleEntry(
      sampleAsking(number, {
        body: "hi",
        target: undefined,
        thread: root,
        ...(inRoom && { inRoom }),
      }),
      { at: NOON },
    );
  const pending = [reply(11), reply(12, true), pendingOf(13)];

  it("shows a reply of ours in its thread, and in the room only when sent there", () => {
    const inRoom = buildTimeline(inputOf(rowsOf([ben, 0]), pending));
    expect(messagesOf(inRoom).map(({ id }) => id)).toEqual([1, 12, 13].map(sampleId));
    const inThread = buildTimeline({ ...inputOf([], pending), thread: root });
    expect(messagesOf(inThread).map(({ id }) => id)).toEqual([11, 12].map(sampleId));
    expect(messagesOf(inThread)[0]).toMatchObject({ thread: root });
  });
});

describe("identity", () => {
  it("keeps the objects of everything that did not change", () => {
    const rows = rowsOf([ben, 0], [ben, 6], [ada, 12], [ada, 13]);
    const before = buildTimeline(inputOf(rows.slice(0, 3)));
    const after = buildTimeline(inputOf(rows), before);
    expect(after.items.slice(0, 3)).toEqual(before.items.slice(0, 3));
    for (const index of [0, 1, 2]) expect(after.items[index]).toBe(before.items[index]);
    expect(after.items[3]).not.toBe(before.items[3]);
    expect(after.items[3]).toMatchObject({ isGroupEnd: false });
  });

  it("keeps the list itself when nothing changed", () => {
    const rows = rowsOf([ben, 0], [ada, 1]);
    const before = buildTimeline(inputOf(rows, [pendingOf(9)]));
    expect(buildTimeline(inputOf(rows, [pendingOf(9)]), before).items).toBe(before.items);
  });

  it("keeps the objects over a snapshot that says the same in new rows", () => {
    const rows = rowsOf([ben, 0], [ada, 1]);
    const before = buildTimeline(inputOf(rows));
    const after = buildTimeline(inputOf(structuredClone(rows)), before);
    expect(after.items).toBe(before.items);
  });

  it("keeps the objects behind an older page put in front", () => {
    const rows = rowsOf([ben, 0], [ben, 10], [ada, 20], [ben, 30]);
    const before = buildTimeline(inputOf(rows.slice(2)));
    const after = buildTimeline(inputOf(rows), before);
    expect(after.items.slice(-2)).toEqual(before.items.slice(-2));
    expect(after.items.at(-1)).toBe(before.items.at(-1));
    expect(after.items.at(-2)).toBe(before.items.at(-2));
  });
});

describe("laws", () => {
  const random = new SeededRandom("timeline");
  const log = new SampleLog();
  let at = NOON;
  for (let count = 0; count < 400; count += 1) {
    at += Math.floor(random.number() ** 4 * 300 * MINUTE);
    log.append({ by: random.chance(0.5) ? ada : ben, at });
  }

  /** Ops of ours: messages, some of them in the log already, and changes of what is there. */
  function somePending(upTo: number): readonly OutboxEntry[] {
    const numbers = Array.from({ length: random.integer(0, 6) }, (_, index) =>
      random.chance(0.5) ? Math.max(1, upTo - index) : 1_000 + index,
    );
    return [...new Set(numbers)].flatMap((number, index) => {
      const target = sampleId(random.chance(0.7) ? random.integer(1, 400) : number);
      const changes = [
        { k: "edit", target, body: "better" },
        { k: "del", target },
        { k: "react", target, emoji: "👍" },
        { k: "pin", target },
      ];
      const message = pendingOf(number, { at: at + index * MINUTE });
      return [message, changeOf(2_000 + index, random.pick(changes))];
    });
  }

  it("[B4] building on an earlier timeline gives what building afresh gives, each id once", () => {
    let previous: Timeline | undefined;
    let pending = somePending(400);
    for (let round = 0; round < 150; round += 1) {
      const from = random.integer(0, 200);
      const upTo = Math.min(400, from + random.integer(0, 250));
      pending = random.pick([pending, pending.slice(1), pending.slice(0, -1), somePending(upTo)]);
      const input = inputOf(log.rows(from, upTo), pending);
      const built = buildTimeline(input, previous);
      expect(built.items).toEqual(buildTimeline(input).items);
      expect(new Set(keysOf(built)).size).toBe(built.items.length);
      previous = built;
    }
  });

  it("[B2] [B4] shows each op once, before it is in the log and after", () => {
    for (let seed = 0; seed < 30; seed += 1) opsShownOnce(new SeededRandom(`ops ${String(seed)}`));
  });

  it("one event costs what it changes: every other item is the same object", () => {
    const all = log.rows(0, 300);
    const pending = Array.from({ length: 50 }, (_, index) => pendingOf(1_000 + index, { at }));
    const before = buildTimeline(inputOf(all.slice(0, 299), pending));
    const after = buildTimeline(inputOf(all, pending), before);
    const known = new Set<TimelineItem>(before.items);
    expect(after.items.filter((item) => !known.has(item)).length).toBeLessThanOrEqual(3);
    const edited = all.map((row, index) => (index === 150 ? { ...row, body: "better" } : row));
    const changed = buildTimeline(inputOf(edited, pending), after);
    expect(changed.items.filter((item, index) => item !== after.items[index])).toMatchObject([
      { body: "better" },
    ]);
  });
});

/**
 * Ops of ours reach the log one after the other, between events of others: at each moment the fold
 * of log and pending ops is what a server would show had it everything, apart from order and times.
 */
function opsShownOnce(random: SeededRandom): void {
  const log = new SampleLog();
  log.append({ by: ada });
  let entries: readonly OutboxEntry[] = [];
  let built: Timeline | undefined;
  for (let round = 1; round <= 40; round += 1) {
    const number = 100 + round;
    const target = random.chance(0.5) ? sampleId(1) : (entries.at(-1)?.id ?? sampleId(1));
    const op = random.pick([
      { k: "msg", body: `said ${String(round)}` },
      { k: "react", target, emoji: random.pick(["👍", "🎉"]) },
      { k: "unreact", target, emoji: "👍" },
      { k: "edit", target, body: `edit ${String(round)}` },
    ]);
    const isOnMessage = op.k === "msg" || target === sampleId(1) || isMessage(entries.at(-1));
    if (isOnMessage) entries = [...entries, changeOf(number, op)];
    if (random.chance(0.3)) log.append({ by: ben });
    while (entries.length > 0 && random.chance(0.5)) {
      const [head] = entries;
      if (head) store(log, head);
      entries = entries.slice(1);
    }
    const ahead = copyOf(log);
    for (const entry of entries) store(ahead, entry);
    built = buildTimeline(inputOf(log.rows(0, log.head), entries), built);
    const shown = messagesOf(built).map(wordsOf);
    const expected = ahead.rows(0, ahead.head).map(wordsOf);
    expect(shown).toEqual(expected);
  }
}

function isMessage(entry: OutboxEntry | undefined): boolean {
  return entry?.op.k === "msg";
}

function store(log: SampleLog, { op, id, at }: OutboxEntry): void {
  if (op.k === "msg") log.append({ id, by: ada, body: op.body, at });
  else log.change(op as SampleChange, { id, by: ada, at });
}

function copyOf(log: SampleLog): SampleLog {
  const copy = new SampleLog();
  copy.events.push(...log.events);
  return copy;
}

function wordsOf(shown: TimelineMessage | MessageRow) {
  const { id, body, reactions = [] } = shown;
  return { id, body, reactions: reactions.map(({ emoji, count, users }) => [emoji, count, users]) };
}
