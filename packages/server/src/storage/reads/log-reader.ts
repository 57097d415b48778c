import { EMPTY_CHAIN, LIMITS } from "@confab/sdk/protocol";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import type { RoomView } from "../../auth/room-view.js";
import type { Database } from "../database.js";
import type { CursorPosition, EventRange, RangeQuery, StoredEvent } from "../storage.js";
import { events } from "../tables/schema.js";
import { prepareFindPosition, type StoredPosition } from "./find-position.js";
import { inOneMoment } from "./one-moment.js";
import { FRAME_OVERHEAD_BYTES, withinBytes } from "./within-bytes.js";

/**
 * Reads the logs. @throws whatever SQLite throws, and when the room of a view is not in the
 * database.
 */
export class LogReader {
  readonly #database: Database;
  readonly #findPosition: ReturnType<typeof prepareFindPosition>;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Database) {
    this.#database = database;
    this.#findPosition = prepareFindPosition(database.query);
    this.#statements = prepareStatements(database.query);
  }

  position(view: RoomView, seq: number): CursorPosition {
    return inOneMoment(this.#database, () => {
      const { minChain, ...position } = this.#findPosition(view);
      const chain = this.#chainAt(view, seq, { minChain, ...position });
      return {
        ...position,
        minSeq: Math.max(position.minSeq, view.historyFrom),
        bytesAfter: this.#bytesAfter(view, seq, position.head),
        ...(chain !== undefined && { chainAt: chain }),
      };
    });
  }

  readEvents(view: RoomView, { after, maxEvents, maxBytes }: RangeQuery): EventRange {
    return inOneMoment(this.#database, () => {
      const { head } = this.#findPosition(view);
      const found = this.#statements.eventsAfter.all({
        room: view.room.id,
        after: Math.max(after, view.historyFrom - 1),
        limit: maxEvents,
      });
      const read: StoredEvent[] = withinBytes(found, maxBytes, (event) => event.payload);
      return { events: read, head };
    });
  }

  /** The chain just before the first event is known too, whether or not events are forgotten. */
  #chainAt(view: RoomView, seq: number, position: StoredPosition): string | undefined {
    if (seq === 0 && position.minSeq === 1) return EMPTY_CHAIN;
    if (seq === position.minSeq - 1) return position.minChain;
    return this.#statements.findChain.get({ room: view.room.id, seq })?.chain;
  }

  #bytesAfter(view: RoomView, seq: number, head: number): number {
    if (head - seq > LIMITS.replayMaxEvents) return Number.POSITIVE_INFINITY;
    const bytes = this.#statements.measureAfter.get({ room: view.room.id, seq })?.bytes ?? 0;
    return bytes + FRAME_OVERHEAD_BYTES * Math.max(0, head - seq);
  }
}

function prepareStatements(query: BetterSQLite3Database) {
  const isRoomEvent = eq(events.room, value("room"));
  return {
    findChain: query
      .select({ chain: events.chain })
      .from(events)
      .where(and(isRoomEvent, eq(events.seq, value("seq"))))
      .prepare(),
    measureAfter: query
      .select({ bytes: sql<number | null>`sum(octet_length(${events.payload}))` })
      .from(events)
      .where(and(isRoomEvent, gt(events.seq, value("seq"))))
      .prepare(),
    eventsAfter: query
      .select({
        room: events.room,
        seq: events.seq,
        id: events.id,
        by: events.by,
        at: events.at,
        kind: events.kind,
        count: events.count,
        chain: events.chain,
        payload: events.payload,
      })
      .from(events)
      .where(and(isRoomEvent, gt(events.seq, value("after"))))
      .orderBy(asc(events.seq))
      .limit(value("limit"))
      .prepare(),
  };
}

function value(name: string) {
  return sql.placeholder(name);
}
