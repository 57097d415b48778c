import type { MemberReceipt, ReadPosition, RoomFrame } from "@confab/sdk/protocol";
import type { RoomView } from "../auth/room-view.js";
import type { Clock } from "../platform/clock.js";
import type { Done } from "../platform/result.js";
import type { Storage } from "../storage/storage.js";

/** What one person is told of reading when they have caught up with a room. [R2] [R3] */
export interface Standing {
  /** Their own read position; absent for somebody who has read nothing and said nothing there. */
  readonly read?: ReadPosition;
  /** Unread messages that mention them. */
  readonly mentions: number;
  /** The read positions of the others; none in a room with too many members. */
  readonly receipts: readonly MemberReceipt[];
}

/** Where a read position is, and whether the request moved it. */
export interface Raised extends ReadPosition {
  readonly isRaised: boolean;
}

/**
 * Who has read how far, and the rooms of a person. Every question about a room takes a view of it;
 * it knows no sockets.
 */
export class RoomReading {
  readonly #storage: Storage;
  readonly #clock: Clock;

  constructor({ storage, clock }: { storage: Storage; clock: Clock }) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Raises a read position, which never goes back and never passes the head. [R1] */
  raise(view: RoomView, user: string, seq: number, done: Done<Raised>): void {
    this.#storage.markRead(view, { user, seq, at: this.#clock.now() }, done);
  }

  /** Reads what somebody who has caught up must know; above so many members, of nobody else. */
  standing(view: RoomView, user: string, maxMembers: number, done: Done<Standing>): void {
    this.#storage.reading(view, user, (own) => {
      if (!own.ok) return done(own);
      const { read, mentions } = own.value;
      this.#storage.receipts(view, maxMembers, (found) => {
        if (!found.ok) return done(found);
        const receipts = (found.value ?? []).filter((receipt) => receipt.user !== user);
        const standing = { mentions, receipts };
        done({ ok: true, value: read === undefined ? standing : { ...standing, read } });
      });
    });
  }

  /** Whether a read position is told to everybody in the room. [R3] */
  isTold(view: RoomView, maxMembers: number, done: Done<boolean>): void {
    this.#storage.receipts(view, maxMembers, (found) => {
      done(found.ok ? { ok: true, value: found.value !== undefined } : found);
    });
  }

  /** Ids of the rooms this person belongs to, those with the newest messages first. */
  roomsOf(user: string, maxRooms: number, done: Done<readonly string[]>): void {
    this.#storage.roomsOf(user, maxRooms, done);
  }

  /** One room as this person's list shows it. */
  listed(view: RoomView, user: string, done: Done<RoomFrame>): void {
    this.#storage.listed(view, user, (found) => {
      done(found.ok ? { ok: true, value: { t: "room", ...found.value } } : found);
    });
  }
}
