import {
  EMPTY_CHAIN,
  LIMITS,
  type Author,
  type HistoryPage,
  type HistoryQuery,
  type MessageRow,
  type RoomInfo,
} from "@confab/sdk/protocol";
import type { RoomView } from "../auth/room-view.js";
import type { Database } from "./database.js";
import { prepareReadStatements, type StoredRow } from "./read-statements.js";
import type {
  CursorPosition,
  EventRange,
  LogPosition,
  RangeQuery,
  RoomSnapshot,
  SnapshotQuery,
  StoredEvent,
} from "./storage.js";

/** Bytes an event's frame has besides its payload: ids, numbers and field names. */
const FRAME_OVERHEAD_BYTES = 256;

/**
 * The reads of a database, each one moment of it: the statements of a method see the same state.
 * [L10]
 *
 * @throws whatever SQLite throws, and when the room of a view is not in the database.
 */
export class RoomReader {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareReadStatements>;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareReadStatements(database.query);
  }

  findRoom(id: string): RoomInfo | undefined {
    return this.#statements.findRoom.get({ id });
  }

  position(view: RoomView, seq: number): CursorPosition {
    return this.#inOneMoment(() => {
      const position = this.#position(view);
      const key = { room: view.room.id, seq };
      const chain = seq === 0 ? EMPTY_CHAIN : this.#statements.findChain.get(key)?.chain;
      const isFar = position.head - seq > LIMITS.replayMaxEvents;
      const size = isFar ? undefined : this.#statements.measureAfter.get(key);
      const overhead = FRAME_OVERHEAD_BYTES * Math.max(0, position.head - seq);
      const bytesAfter = isFar ? Number.POSITIVE_INFINITY : (size?.bytes ?? 0) + overhead;
      return { ...position, bytesAfter, ...(chain === undefined ? {} : { chainAt: chain }) };
    });
  }

  snapshot(view: RoomView, { maxMessages, maxBytes }: SnapshotQuery): RoomSnapshot {
    return this.#inOneMoment(() => {
      const position = this.#position(view);
      const found = this.#statements.rowsBefore.all({
        room: view.room.id,
        before: position.head + 1,
        from: view.historyFrom,
        limit: maxMessages + 1,
      });
      const rows = withinBytes(found.slice(0, maxMessages), maxBytes, (row) => row.body);
      const messages = rows.reverse().map(toMessageRow);
      return { ...position, messages, hasMore: rows.length < found.length };
    });
  }

  readEvents(view: RoomView, { after, maxEvents, maxBytes }: RangeQuery): EventRange {
    return this.#inOneMoment(() => {
      const { head } = this.#position(view);
      const found = this.#statements.eventsAfter.all({
        room: view.room.id,
        after: Math.max(after, view.historyFrom - 1),
        limit: maxEvents,
      });
      const events: StoredEvent[] = withinBytes(found, maxBytes, (event) => event.payload);
      return { events, head };
    });
  }

  page(view: RoomView, query: HistoryQuery): HistoryPage {
    return this.#inOneMoment(() => {
      const { epoch, head } = this.#position(view);
      const { rows, hasMore } = this.#rows(view, query, head);
      return { messages: rows.map(toMessageRow), epoch, asOf: head, hasMore };
    });
  }

  #rows(view: RoomView, { before, after, around, limit }: HistoryQuery, head: number) {
    if (after !== undefined) return this.#rowsAfter(view, after, limit);
    if (around === undefined) return this.#rowsBefore(view, before ?? head + 1, limit);
    const newer = this.#rowsAfter(view, around, Math.floor(limit / 2));
    const older = this.#rowsBefore(view, around + 1, limit - newer.rows.length);
    return { rows: [...older.rows, ...newer.rows], hasMore: older.hasMore };
  }

  #rowsBefore(view: RoomView, before: number, limit: number) {
    const from = view.historyFrom;
    const found = this.#statements.rowsBefore.all({
      room: view.room.id,
      before,
      from,
      limit: limit + 1,
    });
    return { rows: found.slice(0, limit).reverse(), hasMore: found.length > limit };
  }

  #rowsAfter(view: RoomView, after: number, limit: number) {
    const found = this.#statements.rowsAfter.all({
      room: view.room.id,
      after: Math.max(after, view.historyFrom - 1),
      limit: limit + 1,
    });
    return { rows: found.slice(0, limit), hasMore: found.length > limit };
  }

  #position(view: RoomView): LogPosition {
    const position = this.#statements.findPosition.get({ id: view.room.id });
    if (position === undefined) throw new Error("unable to read a room; it is not stored");
    return { ...position, minSeq: Math.max(position.minSeq, view.historyFrom) };
  }

  #inOneMoment<Value>(read: () => Value): Value {
    return this.#database.handle.transaction(read)();
  }
}

/** The first items whose sizes fit together; always at least one. */
function withinBytes<Item>(
  items: readonly Item[],
  maxBytes: number,
  bulk: (item: Item) => string,
): Item[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    bytes += Buffer.byteLength(bulk(item)) + FRAME_OVERHEAD_BYTES;
    return index > 0 && bytes > maxBytes;
  });
  return end === -1 ? [...items] : items.slice(0, end);
}

function toMessageRow({ author, ...row }: StoredRow): MessageRow {
  return { ...row, author: JSON.parse(author) as Author };
}
