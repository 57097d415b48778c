import type { WritableAtom } from "nanostores";
import { createStore } from "../create-store.js";
import type { RoomLogState } from "../log/room-log-step.js";
import type { RoomFrame } from "../protocol/reading.js";
import type { Readings } from "../reading/readings.js";
import { listRooms } from "./list-rooms.js";
import type { RoomSummary } from "./room-summary.js";

/** Messages nobody has read yet, over all rooms of the list. [R2] */
export interface TotalUnread {
  readonly unread: number;
  readonly mentions: number;
}

/** The rooms of the user: kept while there is no line. */
export class RoomList {
  readonly $rooms: WritableAtom<readonly RoomSummary[]>;
  readonly $unread: WritableAtom<TotalUnread>;
  readonly #frames = new Map<string, RoomFrame>();

  /** `report` is told what listeners throw. */
  constructor(report: (error: unknown) => void) {
    this.$rooms = createStore<readonly RoomSummary[]>([], report);
    this.$unread = createStore<TotalUnread>({ unread: 0, mentions: 0 }, report);
  }

  /** Everything the server told, for keeping. */
  get frames(): readonly RoomFrame[] {
    return [...this.#frames.values()];
  }

  /** Whether the room is in the list. */
  has(room: string): boolean {
    return this.#frames.has(room);
  }

  /** A room of the list, whole: it replaces what was told before. */
  take(frame: RoomFrame): void {
    this.#frames.set(frame.room, frame);
  }

  /** Brings the stores up to date. */
  publish(readings: Readings, logOf: (room: string) => RoomLogState | undefined): void {
    const listed = this.frames.map((frame) => ({
      frame,
      reading: readings.of(frame.room),
      log: logOf(frame.room),
    }));
    const rooms = listRooms(listed, this.$rooms.get());
    const total = { unread: 0, mentions: 0 };
    for (const { unread, mentions } of rooms) {
      total.unread += unread;
      total.mentions += mentions;
    }
    this.$rooms.set(rooms);
    this.$unread.set(total);
  }
}
