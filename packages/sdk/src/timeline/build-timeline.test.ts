import { describe, expect, it } from "vitest";
import { ChatError } from "../errors.js";
import { createCalendar } from "../platform/calendar.js";
import type { MessageRow } from "../protocol/model.js";
import { sampleId, SampleLog } from "../testing/sample-log.js";
import { SeededRandom } from "../testing/seeded-random.js";
import { buildTimeline, type Timeline, type TimelineInput } from "./build-timeline.js";
import type { PendingMessage } from "./pending-message.js";
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

function pendingOf(number: number, change: Partial<PendingMessage> = {}): PendingMessage {
  const delivery = { status: "pending", since: NOON } as const;
  return { id: sampleId(number), body: "hi", format: "text", at: NOON, delivery, ...change };
}

function inputOf(
  rows: readonly MessageRow[],
  pending: readonly PendingMessage[] = [],
): TimelineInput {
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
    const failed = pendingOf(12, { delivery: { status: "failed", error } });
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
    const acked = pendingOf(1, { seq: 7, delivery: { status: "sent" } });
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

  it("[B4] building on an earlier timeline gives what building afresh gives, each id once", () => {
    let previous: Timeline | undefined;
    for (let round = 0; round < 300; round += 1) {
      const from = random.integer(0, 200);
      const upTo = Math.min(400, from + random.integer(0, 250));
      const sending = Array.from({ length: random.integer(0, 4) }, (_, index) =>
        pendingOf(random.chance(0.5) ? upTo - index : 1_000 + index, { at: at + index * MINUTE }),
      ).filter(({ id }) => id !== sampleId(0) && !id.includes("-000000000-"));
      const pending = [...new Map(sending.map((message) => [message.id, message])).values()];
      const input = inputOf(log.rows(from, upTo), pending);
      const built = buildTimeline(input, previous);
      expect(built.items).toEqual(buildTimeline(input).items);
      expect(new Set(keysOf(built)).size).toBe(built.items.length);
      previous = built;
    }
  });

  it("a growing log extends its timeline with the cost of the last group, not of all", () => {
    const all = log.rows(0, 400);
    let previous = buildTimeline(inputOf(all.slice(0, 390)));
    for (let count = 391; count <= 400; count += 1) {
      const next = buildTimeline(inputOf(all.slice(0, count)), previous);
      const isKept = (item: TimelineItem, index: number): boolean => next.items[index] === item;
      expect(previous.items.slice(0, -1).every(isKept)).toBe(true);
      previous = next;
    }
  });
});
