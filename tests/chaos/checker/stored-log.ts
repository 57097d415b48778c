import Sqlite from "better-sqlite3";

/** One event as it lies in the file, its payload opened. */
export interface StoredEvent {
  readonly room: string;
  readonly seq: number;
  readonly id: string;
  readonly by: string;
  readonly at: number;
  readonly kind: string;
  readonly count: number;
  readonly chain: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One room as it lies in the file. */
export interface StoredRoom {
  readonly id: string;
  readonly epoch: string;
  readonly head: number;
  readonly count: number;
  readonly chain: string;
  readonly events: readonly StoredEvent[];
  /** How far everybody has read. */
  readonly positions: readonly StoredPosition[];
}

/** A read position as it lies in the file. */
export interface StoredPosition {
  readonly room: string;
  readonly user: string;
  readonly seq: number;
  readonly count: number;
}

/** Every room by its id. */
export type StoredLog = ReadonlyMap<string, StoredRoom>;

const EVENTS = `SELECT room, seq, id, "by", at, kind, count, chain, payload
                  FROM events ORDER BY room, seq`;

const POSITIONS = `SELECT room, "user", read_seq AS seq, read_count AS count
                     FROM members WHERE read_seq IS NOT NULL`;

/** Reads the file with SQL of its own; a server may be writing to it meanwhile. */
export function readStoredLog(file: string): StoredLog {
  const database = new Sqlite(file, { readonly: true, timeout: 5_000 });
  try {
    return database.transaction(() => {
      const rooms = database
        .prepare<[], Omit<StoredRoom, "events" | "positions">>(
          "SELECT id, epoch, head, count, chain FROM rooms",
        )
        .all();
      const events = database
        .prepare<[], Omit<StoredEvent, "fields"> & { payload: string }>(EVENTS)
        .all()
        .map(({ payload, ...event }): StoredEvent => {
          return { ...event, fields: JSON.parse(payload) as Record<string, unknown> };
        });
      const positions = database.prepare<[], StoredPosition>(POSITIONS).all();
      const partsOf = (id: string): Pick<StoredRoom, "events" | "positions"> => ({
        events: events.filter(({ room }) => room === id),
        positions: positions.filter(({ room }) => room === id),
      });
      return new Map(rooms.map((room) => [room.id, { ...room, ...partsOf(room.id) }]));
    })();
  } finally {
    database.close();
  }
}
