import { roomIdSchema, type RoomInfo } from "@confab/sdk/protocol";
import { authorize, type AccessRules } from "../auth/authorize.js";
import type { Principal } from "../auth/principal.js";
import type { RoomView } from "../auth/room-view.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { Done, Result } from "../platform/result.js";
import type { Storage } from "../storage/storage.js";
import { roomByRules, type RoomRules } from "./room-rules.js";

/** What finding rooms needs. */
export interface RoomAccessParts {
  readonly storage: Storage;
  readonly rules: RoomRules;
  readonly access: AccessRules;
  readonly clock: Clock;
  readonly random: Random;
}

/** Rooms remembered in memory at most; the oldest is forgotten first. */
const KNOWN_ROOMS_MAX_COUNT = 10_000;

/** Bytes of randomness that name one life of a log. [L3] */
const EPOCH_BYTES = 8;

/**
 * The one way to a room: finds it or lets it come into being, and says what this person may do
 * there. A room that is missing and a room that may not be seen give the same answer: nothing.
 */
export class RoomAccess {
  readonly #parts: RoomAccessParts;
  readonly #known = new Map<string, RoomInfo>();

  constructor(parts: RoomAccessParts) {
    this.#parts = parts;
  }

  /**
   * Makes the rooms that exist from the start. Answers once, with the first failure if there is
   * one.
   */
  openListed(done: Done<undefined>): void {
    const { rules } = this.#parts;
    const rooms = rules.listed.flatMap((id) => roomByRules(rules, id) ?? []);
    let openCount = rooms.length;
    let failure: Result<never> | undefined;
    const settle = (): void => done(failure ?? { ok: true, value: undefined });
    if (openCount === 0) settle();
    for (const room of rooms) {
      this.#findOrOpen(room, (result) => {
        openCount -= 1;
        if (!result.ok) failure ??= result;
        if (openCount === 0) settle();
      });
    }
  }

  /**
   * What this person may do in this room; nothing when there is no such room for them. Any text may
   * be asked for.
   */
  view(principal: Principal, roomId: string, done: Done<RoomView | undefined>): void {
    const known = this.#known.get(roomId);
    if (known !== undefined) {
      done({ ok: true, value: authorize(principal, known, this.#parts.access) });
      return;
    }
    if (!roomIdSchema.safeParse(roomId).success) {
      done({ ok: true, value: undefined });
      return;
    }
    this.#find(principal, roomId, done);
  }

  #find(principal: Principal, roomId: string, done: Done<RoomView | undefined>): void {
    const { storage, rules, access } = this.#parts;
    const answer = (room: RoomInfo | undefined): void => {
      done({ ok: true, value: room && authorize(principal, room, access) });
    };
    const possible = roomByRules(rules, roomId);
    const mayOpen = possible && authorize(principal, possible, access) !== undefined;
    if (mayOpen) {
      this.#findOrOpen(possible, (result) => {
        if (result.ok) answer(result.value);
        else done(result);
      });
    } else {
      storage.findRoom(roomId, (result) => {
        if (result.ok) answer(result.value);
        else done(result);
      });
    }
  }

  #findOrOpen(room: RoomInfo, done: Done<RoomInfo>): void {
    this.#parts.storage.findRoom(room.id, (found) => {
      if (!found.ok) return done(found);
      if (found.value === undefined) return this.#open(room, done);
      this.#remember(found.value);
      done({ ok: true, value: found.value });
    });
  }

  #open(room: RoomInfo, done: Done<RoomInfo>): void {
    const { storage, clock, random } = this.#parts;
    storage.openRoom({ room, epoch: random.hex(EPOCH_BYTES), at: clock.now() }, (result) => {
      if (result.ok) this.#remember(result.value);
      done(result);
    });
  }

  #remember(room: RoomInfo): void {
    if (this.#known.size >= KNOWN_ROOMS_MAX_COUNT) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    this.#known.set(room.id, room);
  }
}
