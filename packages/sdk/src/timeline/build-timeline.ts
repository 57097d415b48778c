import { isEqual } from "../is-equal.js";
import type { MessageRow } from "../protocol/model.js";
import type { PendingMessage } from "./pending-message.js";
import type { TimelineItem, TimelineMessage } from "./timeline-item.js";
import { lineOfPending, lineOfRow, type TimelineLine, type Viewer } from "./timeline-line.js";

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
}

/** Where a build goes on from an earlier one: the first row, and the first item, to make anew. */
interface Start {
  readonly row: number;
  readonly item: number;
}

/**
 * What is shown: the log by seq, then what is on its way and what failed, in send order. A message
 * in both is shown once, from the log. Items that did not change are the same objects as in
 * `previous`. [B2] [B4]
 */
export function buildTimeline(input: TimelineInput, previous?: Timeline): Timeline {
  const old = previous?.items ?? [];
  const start = previous ? startAfter(previous, input) : { row: 0, item: 0 };
  const byKey = new Map(old.slice(start.item).map((item) => [item.key, item]));
  const fresh = layOut(input, start.row).map((item) => {
    const known = byKey.get(item.key);
    return known && isEqual(known, item) ? known : item;
  });
  const isUnchanged =
    start.item + fresh.length === old.length &&
    fresh.every((item, index) => item === old[start.item + index]);
  return { items: isUnchanged ? old : [...old.slice(0, start.item), ...fresh], input };
}

/**
 * The last group of the rows both have in common: what follows decides only where that group ends.
 * A timeline of many rows is thus extended at the cost of its last group.
 */
function startAfter({ items, input: before }: Timeline, { rows, viewer }: TimelineInput): Start {
  let row = -1;
  if (before.viewer.id === viewer.id) {
    while (row + 1 < rows.length && rows[row + 1] === before.rows[row + 1]) row += 1;
  }
  let item = items.findLastIndex(({ key }) => key === rows[row]?.id);
  for (; row > 0; row -= 1, item -= 1) {
    const line = items[item];
    if (line?.kind === "message" && line.isGroupStart) break;
  }
  if (items[item - 1]?.kind === "day") item -= 1;
  return row > 0 ? { row, item } : { row: 0, item: 0 };
}

/** Lines, days and groups from a row on, which begins a group. */
function layOut(input: TimelineInput, start: number): TimelineItem[] {
  const { rows, dayOf } = input;
  const items: TimelineItem[] = [];
  const before = rows[start - 1];
  let day = before ? dayOf(before.at) : "";
  let last: Writable<TimelineMessage> | undefined;
  let groupAt = 0;
  for (const line of linesFrom(input, start)) {
    const lineDay = dayOf(line.at);
    // A clock that is behind must not bring an earlier day back.
    const isNewDay = lineDay > day;
    if (isNewDay) {
      day = lineDay;
      items.push({ kind: "day", key: `day:${day}`, day });
    }
    const isGroupStart =
      isNewDay ||
      last?.by !== line.by ||
      line.at - last.at >= GROUP_GAP_MS ||
      line.at - groupAt >= GROUP_SPAN_MS;
    if (isGroupStart) groupAt = line.at;
    else if (last) last.isGroupEnd = false;
    last = { ...line, isGroupStart, isGroupEnd: true };
    items.push(last);
  }
  return items;
}

function linesFrom({ rows, pending, viewer }: TimelineInput, start: number): TimelineLine[] {
  const missing = new Map(pending.map((message) => [message.id, message]));
  if (missing.size > 0) for (const { id } of rows) missing.delete(id);
  return [
    ...rows.slice(start).map((row) => lineOfRow(row, viewer)),
    ...[...missing.values()].map((message) => lineOfPending(message, viewer)),
  ];
}

/** A line whose group may still turn out to go on. */
type Writable<Line> = { -readonly [Field in keyof Line]: Line[Field] };
