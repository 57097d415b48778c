import type { MessageRow } from "../protocol/model.js";
import type { PendingMessage } from "./pending-message.js";
import type { TimelineItem } from "./timeline-item.js";
import {
  isSameMessage,
  lineOfPending,
  lineOfRow,
  type TimelineLine,
  type Viewer,
} from "./timeline-line.js";

/** A longer silence begins a new group. */
const GROUP_GAP_MS = 5 * 60_000;
/** A group covers less than this, so that its one time label stays true. */
const GROUP_SPAN_MS = 15 * 60_000;

/** Everything a timeline is made of. */
export interface TimelineInput {
  /** Messages of the log, ascending by seq. */
  readonly rows: readonly MessageRow[];
  /** Messages of ours not in the log, in send order. */
  readonly pending: readonly PendingMessage[];
  readonly viewer: Viewer;
  /** The local day of a time, as `2026-11-20`. */
  readonly dayOf: (at: number) => string;
}

/** A built timeline, with what the next build can take from it. */
export interface Timeline {
  readonly items: readonly TimelineItem[];
  readonly input: TimelineInput;
  /** Indexes of the rows that a day line stands before. */
  readonly dayStarts: readonly number[];
}

/**
 * What is shown: the log by seq, then what is on its way and what failed, in send order. A message
 * in both is shown once, from the log. Items that did not change are the same objects as in
 * `previous`. [B2] [B4]
 */
export function buildTimeline(input: TimelineInput, previous?: Timeline): Timeline {
  const base = previous !== undefined && isSameView(previous, input) ? previous : undefined;
  const start = base === undefined ? 0 : firstAffectedRow(base, input.rows);
  const kept = base === undefined ? 0 : itemIndexOf(base, start);
  const dayStarts = base === undefined ? [] : base.dayStarts.filter((row) => row < start);

  const fresh = layOut(input, start, dayStarts);
  const items = reuse(previous?.items ?? [], kept, fresh);
  return { items, input, dayStarts };
}

function isSameView(previous: Timeline, input: TimelineInput): boolean {
  const before = previous.input;
  return before.viewer.id === input.viewer.id && before.dayOf === input.dayOf;
}

/**
 * The first row whose line may differ: the start of the group that the last common row is in, since
 * what follows decides only where that group ends. A timeline of many rows is thus extended at the
 * cost of its last group.
 */
function firstAffectedRow(previous: Timeline, rows: readonly MessageRow[]): number {
  const before = previous.input.rows;
  let row = 0;
  while (row < rows.length && rows[row] === before[row]) row += 1;
  for (row -= 1; row > 0; row -= 1) {
    const item = previous.items[itemIndexOf(previous, row) + (isDayStart(previous, row) ? 1 : 0)];
    if (item?.kind === "message" && item.isGroupStart) break;
  }
  return Math.max(row, 0);
}

/** Where the lines of a row begin, its day line included. */
function itemIndexOf({ dayStarts }: Timeline, row: number): number {
  return row + dayStarts.filter((start) => start < row).length;
}

function isDayStart({ dayStarts }: Timeline, row: number): boolean {
  return dayStarts.includes(row);
}

/** Lines, days and groups from a row on. Adds the rows that begin a day to `dayStarts`. */
function layOut(input: TimelineInput, start: number, dayStarts: number[]): TimelineItem[] {
  const { rows, viewer, dayOf } = input;
  const lines = linesFrom(input, start);
  const items: TimelineItem[] = [];
  const before = rows[start - 1];
  let day = before === undefined ? "" : dayOf(before.at);
  let last: TimelineLine | undefined = before && lineOfRow(before, viewer);
  let groupAt = Number.NEGATIVE_INFINITY;

  lines.forEach((line, offset) => {
    const lineDay = dayOf(line.at);
    // A clock that is behind must not bring an earlier day back.
    const isNewDay = lineDay > day;
    if (isNewDay) {
      day = lineDay;
      items.push({ kind: "day", key: `day:${day}`, day });
      if (start + offset < rows.length) dayStarts.push(start + offset);
    }
    const isGroupStart = isNewDay || !continues(last, line, groupAt);
    if (isGroupStart) groupAt = line.at;
    if (!isGroupStart) reopenGroup(items);
    items.push({ ...line, isGroupStart, isGroupEnd: true });
    last = line;
  });
  return items;
}

function linesFrom(
  { rows, pending, viewer }: TimelineInput,
  start: number,
): readonly TimelineLine[] {
  const missing = new Set(pending.map((message) => message.id));
  if (missing.size > 0) for (const row of rows) missing.delete(row.id);
  return [
    ...rows.slice(start).map((row) => lineOfRow(row, viewer)),
    ...pending.filter((it) => missing.has(it.id)).map((it) => lineOfPending(it, viewer)),
  ];
}

function continues(last: TimelineLine | undefined, line: TimelineLine, groupAt: number): boolean {
  if (last?.by !== line.by) return false;
  return line.at - last.at < GROUP_GAP_MS && line.at - groupAt < GROUP_SPAN_MS;
}

/** The line before was not the end of its group after all. */
function reopenGroup(items: TimelineItem[]): void {
  const last = items.at(-1);
  if (last?.kind === "message") items[items.length - 1] = { ...last, isGroupEnd: false };
}

/**
 * The first `kept` items as they were, then the fresh ones, each replaced by its old object where
 * they look the same.
 */
function reuse(
  old: readonly TimelineItem[],
  kept: number,
  fresh: readonly TimelineItem[],
): readonly TimelineItem[] {
  const byKey = new Map(old.slice(kept).map((item) => [item.key, item]));
  const tail = fresh.map((item) => {
    const known = byKey.get(item.key);
    return known !== undefined && isSame(known, item) ? known : item;
  });
  const isUnchanged =
    kept + tail.length === old.length && tail.every((item, index) => item === old[kept + index]);
  return isUnchanged ? old : [...old.slice(0, kept), ...tail];
}

function isSame(left: TimelineItem, right: TimelineItem): boolean {
  if (left.kind === "day" || right.kind === "day") return left.key === right.key;
  return isSameMessage(left, right);
}
