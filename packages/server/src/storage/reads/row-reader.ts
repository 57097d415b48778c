import {
  LIMITS,
  type HistoryPage,
  type HistoryQuery,
  type MessageRow,
  type ThreadPage,
  type Versions,
} from "@confab/sdk/protocol";
import type { RoomView } from "../../auth/room-view.js";
import type { Database } from "../database.js";
import type { RoomSnapshot, SnapshotQuery } from "../storage.js";
import { prepareFindPosition } from "./find-position.js";
import { prepareCompleteRows, type StoredRow } from "./message-rows.js";
import { inOneMoment } from "./one-moment.js";
import { prepareRowStatements, type RowDirections } from "./row-statements.js";
import { withinBytes } from "./within-bytes.js";

/** Some rows of a list, ascending, and whether there are more in the direction that was asked. */
interface FoundRows {
  readonly rows: readonly StoredRow[];
  readonly hasMore: boolean;
}

/** A list of rows: those shown in a room, or those of one thread. */
interface RowList {
  readonly view: RoomView;
  readonly directions: RowDirections;
  readonly root?: string;
}

/**
 * Reads message rows, each method one moment of the database. [L10] @throws whatever SQLite throws,
 * and when the room of a view is not in the database.
 */
export class RowReader {
  readonly #database: Database;
  readonly #findPosition: ReturnType<typeof prepareFindPosition>;
  readonly #statements: ReturnType<typeof prepareRowStatements>;
  readonly #complete: ReturnType<typeof prepareCompleteRows>;

  constructor(database: Database) {
    this.#database = database;
    this.#findPosition = prepareFindPosition(database.query);
    this.#statements = prepareRowStatements(database.query);
    this.#complete = prepareCompleteRows(database.query);
  }

  snapshot(view: RoomView, { maxMessages, maxBytes }: SnapshotQuery): RoomSnapshot {
    return inOneMoment(this.#database, () => {
      const { epoch, minSeq, head, count, chain } = this.#findPosition(view);
      const position = { epoch, minSeq: Math.max(minSeq, view.historyFrom), head, count, chain };
      const found = this.#statements.room.before.all({
        room: view.room.id,
        before: head + 1,
        from: view.historyFrom,
        limit: maxMessages + 1,
      });
      const newest = this.#complete(view.room.id, found.slice(0, maxMessages));
      const rows = withinBytes(newest, maxBytes, (row) => JSON.stringify(row));
      const messages = rows.reverse();
      return { ...position, messages, hasMore: rows.length < found.length };
    });
  }

  page(view: RoomView, query: HistoryQuery): HistoryPage {
    return inOneMoment(this.#database, () =>
      this.#page({ view, directions: this.#statements.room }, query),
    );
  }

  thread(view: RoomView, root: string, query: HistoryQuery): ThreadPage | undefined {
    return inOneMoment(this.#database, () => {
      const stored = this.#find(view, root);
      if (stored?.thread !== null) return undefined;
      const page = this.#page({ view, directions: this.#statements.thread, root }, query);
      const [row] = this.#complete(view.room.id, [stored]);
      return row && { ...page, root: row };
    });
  }

  pins(view: RoomView): HistoryPage {
    return inOneMoment(this.#database, () => {
      const { epoch, head } = this.#findPosition(view);
      const limit = LIMITS.pageMaxMessages;
      const key = { room: view.room.id, from: view.historyFrom, limit: limit + 1 };
      const found = this.#statements.pinned.all(key);
      const messages = this.#complete(view.room.id, found.slice(0, limit));
      return { messages, epoch, asOf: head, hasMore: found.length > limit };
    });
  }

  message(view: RoomView, id: string): MessageRow | undefined {
    return inOneMoment(this.#database, () => {
      const stored = this.#find(view, id);
      return stored && this.#complete(view.room.id, [stored])[0];
    });
  }

  versions(view: RoomView, id: string): Versions["versions"] {
    return inOneMoment(this.#database, () => {
      const isVisible = this.#find(view, id) !== undefined;
      return isVisible ? this.#statements.versions.all({ room: view.room.id, id }) : [];
    });
  }

  #find(view: RoomView, id: string): StoredRow | undefined {
    const stored = this.#statements.one.get({ room: view.room.id, id });
    return stored && stored.seq >= view.historyFrom ? stored : undefined;
  }

  #page(list: RowList, query: HistoryQuery): HistoryPage {
    const { epoch, head } = this.#findPosition(list.view);
    const { rows, hasMore } = findRows(list, query, head);
    const messages = this.#complete(list.view.room.id, rows);
    return { messages, epoch, asOf: head, hasMore };
  }
}

function findRows(
  list: RowList,
  { before, after, around, limit }: HistoryQuery,
  head: number,
): FoundRows {
  if (after !== undefined) return rowsAfter(list, after, limit);
  if (around === undefined) return rowsBefore(list, before ?? head + 1, limit);
  const newer = rowsAfter(list, around, Math.floor(limit / 2));
  const older = rowsBefore(list, around + 1, limit - newer.rows.length);
  return { rows: [...older.rows, ...newer.rows], hasMore: older.hasMore };
}

function rowsBefore({ view, directions, root }: RowList, before: number, limit: number): FoundRows {
  const key = { room: view.room.id, root, before, from: view.historyFrom, limit: limit + 1 };
  const found = directions.before.all(key);
  return { rows: found.slice(0, limit).reverse(), hasMore: found.length > limit };
}

function rowsAfter({ view, directions, root }: RowList, after: number, limit: number): FoundRows {
  const from = Math.max(after, view.historyFrom - 1);
  const found = directions.after.all({ room: view.room.id, root, after: from, limit: limit + 1 });
  return { rows: found.slice(0, limit), hasMore: found.length > limit };
}
