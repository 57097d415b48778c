import type { Principal } from "../auth/principal.js";
import type { Cancel, Clock } from "../platform/clock.js";
import type { RoomReading } from "../reading/room-reading.js";
import type { RoomAccess } from "../rooms/room-access.js";
import { encodeFrame } from "./frame.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { PacedTurns } from "./paced-turns.js";
import type { SendQueue } from "./send-queue.js";

/** What all room feeds share. */
export interface RoomFeedShared {
  readonly rooms: RoomAccess;
  readonly reading: RoomReading;
  readonly listing: PacedTurns;
  readonly clock: Clock;
  readonly limits: GatewayLimits;
}

/** What the room list of one session is made of. */
export interface RoomFeedParts {
  readonly principal: Principal;
  readonly queue: SendQueue;
  /** Catching up goes first. */
  readonly isCatchingUp: () => boolean;
  /** Whether the session hears every event of this room anyway. */
  readonly followsLive: (roomId: string) => boolean;
  readonly onStorageFailure: (cause: unknown) => void;
  /** Runs a task so that a mistake in it ends this connection and no other. */
  readonly guard: (task: () => void) => void;
}

/**
 * Sends one session the `room` frames it needs. Each is read when its turn comes, so whatever
 * changed meanwhile is in it, and none is sent more than once a second. [R2]
 */
export class RoomFeed {
  readonly #shared: RoomFeedShared;
  readonly #parts: RoomFeedParts;
  /** Rooms to be told, oldest wish first. */
  readonly #wanted = new Set<string>();
  /** When rooms were told that may not be told again yet, oldest first. */
  readonly #toldAt = new Map<string, number>();
  #state: "idle" | "waiting" | "reading" | "ended" = "idle";
  #isBegun = false;
  #cancel: Cancel | undefined;
  #whenListed: (() => void)[] = [];

  constructor(shared: RoomFeedShared, parts: RoomFeedParts) {
    this.#shared = shared;
    this.#parts = parts;
  }

  /** Id of the person whose list it is. */
  get user(): string {
    return this.#parts.principal.id;
  }

  /** Whether the session hears every event of this room anyway. */
  followsLive(roomId: string): boolean {
    return this.#parts.followsLive(roomId);
  }

  /** Sends the whole list: these rooms, in this order. */
  begin(roomIds: readonly string[]): void {
    this.#isBegun = true;
    for (const roomId of roomIds) this.#wanted.add(roomId);
    this.wake();
    this.#checkListed();
  }

  /** A room has changed. */
  add(roomId: string): void {
    if (this.#state === "ended") return;
    this.#wanted.add(roomId);
    this.wake();
  }

  /** There may be something to do: a wish, or the session has caught up. */
  wake(): void {
    if (this.#state !== "idle" || this.#wanted.size === 0 || this.#parts.isCatchingUp()) return;
    this.#state = "waiting";
    this.#shared.listing.add(() => {
      this.#parts.guard(() => this.#step());
    });
  }

  /** Calls back when everything wished for by now was sent, and the list was sent once. */
  whenListed(done: () => void): void {
    this.#whenListed.push(done);
    this.#checkListed();
  }

  end(): void {
    this.#state = "ended";
    this.#cancel?.();
    this.#wanted.clear();
    this.#whenListed = [];
  }

  #step(): void {
    if (this.#state === "ended") return;
    const { queue, isCatchingUp } = this.#parts;
    const { limits } = this.#shared;
    this.#state = "idle";
    if (isCatchingUp()) return;
    if (queue.isHalfFull) {
      this.#wakeAfter(limits.catchUpRetryMs);
      return;
    }
    this.#forgetOldTimes();
    const next = this.#firstDue();
    if (next !== undefined) this.#read(next);
    else this.#waitForTime();
  }

  #read(roomId: string): void {
    const { rooms, reading } = this.#shared;
    const { principal, queue, onStorageFailure } = this.#parts;
    this.#state = "reading";
    this.#wanted.delete(roomId);
    rooms.view(principal, roomId, (view) => {
      if (!view.ok) return onStorageFailure(view.cause);
      if (view.value === undefined) return this.#goOn();
      reading.listed(view.value, principal.id, (found) => {
        if (!found.ok) return onStorageFailure(found.cause);
        if (this.#state === "ended") return;
        this.#toldAt.set(roomId, this.#shared.clock.monotonic());
        queue.enqueue(encodeFrame(found.value));
        this.#goOn();
      });
    });
  }

  #goOn(): void {
    if (this.#state === "ended") return;
    this.#state = "idle";
    this.wake();
    this.#checkListed();
  }

  /** The oldest wish that was not told within the last second. */
  #firstDue(): string | undefined {
    for (const roomId of this.#wanted) if (!this.#toldAt.has(roomId)) return roomId;
    return undefined;
  }

  #forgetOldTimes(): void {
    const { clock, limits } = this.#shared;
    for (const [roomId, toldAt] of this.#toldAt) {
      if (clock.monotonic() - toldAt < limits.listEveryMs) return;
      this.#toldAt.delete(roomId);
    }
  }

  /** Everything wished for was told less than a second ago. */
  #waitForTime(): void {
    const { clock, limits } = this.#shared;
    const [oldest] = this.#toldAt.values();
    if (oldest === undefined || this.#wanted.size === 0) return;
    this.#wakeAfter(Math.max(1, oldest + limits.listEveryMs - clock.monotonic()));
  }

  #wakeAfter(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = this.#shared.clock.after(delayMs, () => {
      this.#cancel = undefined;
      this.wake();
    });
  }

  #checkListed(): void {
    if (!this.#isBegun || this.#wanted.size > 0 || this.#state === "reading") return;
    const waiting = this.#whenListed;
    this.#whenListed = [];
    for (const done of waiting) done();
  }
}
