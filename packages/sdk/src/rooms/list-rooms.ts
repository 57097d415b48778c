import { isEqual } from "../is-equal.js";
import type { RoomLogState } from "../log/room-log-step.js";
import type { MessageRow } from "../protocol/model.js";
import type { LastMessage, RoomFrame } from "../protocol/reading.js";
import type { ReadingState } from "../reading/reading-step.js";
import { readingView } from "../reading/reading-view.js";
import type { RoomSummary } from "./room-summary.js";

/** So much of the newest message is shown in a list. */
const LAST_MAX_CODE_POINTS = 200;

/** What is known of one room of the list. */
export interface ListedRoom {
  readonly frame: RoomFrame;
  readonly reading: ReadingState;
  /** Its log, where it is followed: often newer than what the server told of the room. */
  readonly log: RoomLogState | undefined;
}

/**
 * The room list, newest message first. What looks as it did in `previous` is the same object, and
 * so is the whole list.
 */
export function listRooms(
  rooms: readonly ListedRoom[],
  previous: readonly RoomSummary[],
): readonly RoomSummary[] {
  const known = new Map(previous.map((summary) => [summary.id, summary]));
  const list = rooms
    .map((room) => {
      const summary = summaryOf(room);
      const shown = known.get(summary.id);
      return shown && isEqual(shown, summary) ? shown : summary;
    })
    .sort(byNewest);
  const isSame = list.length === previous.length && list.every((it, at) => it === previous[at]);
  return isSame ? previous : list;
}

function summaryOf({ frame, reading, log }: ListedRoom): RoomSummary {
  const { unread, mentions } = readingView(reading);
  const seq = log?.cursor?.seq ?? 0;
  const newest = seq >= frame.head ? log?.rows.at(-1) : undefined;
  const last = newest ? lastOf(newest) : frame.last;
  return {
    id: frame.room,
    info: frame.room_info,
    head: Math.max(frame.head, seq),
    count: Math.max(frame.count, reading.count),
    ...(last && { last }),
    unread,
    mentions,
  };
}

function lastOf({ id, seq, by, at, author, body, deletedAt }: MessageRow): LastMessage {
  const start = Array.from(body.slice(0, 2 * LAST_MAX_CODE_POINTS)).slice(0, LAST_MAX_CODE_POINTS);
  return {
    id,
    seq,
    by,
    at,
    author,
    body: start.join(""),
    ...(deletedAt !== undefined && { deletedAt }),
  };
}

function byNewest(left: RoomSummary, right: RoomSummary): number {
  return (right.last?.at ?? 0) - (left.last?.at ?? 0) || (left.id < right.id ? -1 : 1);
}
