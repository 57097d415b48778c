import type { Principal } from "../auth/principal.js";
import type { Cancel, Clock } from "../platform/clock.js";
import { authorOf } from "./author-of.js";
import { encodeFrame, type Frame } from "./frame.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { Hub } from "./hub.js";
import { RoomPresence, type PresenceNews } from "./room-presence.js";

/** What telling presence is made of. */
export interface PresenceParts {
  readonly hub: Hub;
  readonly clock: Clock;
  readonly limits: GatewayLimits;
}

/** A room somebody is in, and what is planned for it. */
interface Place {
  readonly room: RoomPresence;
  cancelTelling?: Cancel | undefined;
  cancelExpiry?: Cancel | undefined;
}

/**
 * Tells the followers of each room who is there. Changes are collected for a second, and whoever
 * comes back soon enough was never gone. [P2]
 */
export class Presence {
  readonly #parts: PresenceParts;
  readonly #places = new Map<string, Place>();

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  /** A connection of this person follows the room. */
  enter(roomId: string, principal: Principal): void {
    const place = this.#places.get(roomId) ?? {
      room: new RoomPresence(this.#parts.limits.presenceMaxUsers),
    };
    this.#places.set(roomId, place);
    place.room.enter(principal.id, authorOf(principal));
    this.#tellLater(roomId, place);
  }

  /** A connection of this person, which had entered, follows the room no longer. */
  leave(roomId: string, user: string): void {
    const place = this.#places.get(roomId);
    if (place === undefined) return;
    const { clock, limits } = this.#parts;
    place.room.leave(user, clock.monotonic() + limits.presenceGraceMs);
    this.#expireLater(roomId, place);
  }

  /** Whether this person is in the room now, or was a moment ago. */
  isHere(roomId: string, user: string): boolean {
    return this.#places.get(roomId)?.room.has(user) ?? false;
  }

  /** What somebody hears first who has caught up with the room. */
  opening(roomId: string): Frame {
    const news = this.#places.get(roomId)?.room.opening() ?? { full: true, changes: [] };
    return encodeFrame({ t: "presence", room: roomId, ...news });
  }

  /** Forgets everything; nobody is told any more. */
  stop(): void {
    for (const { cancelTelling, cancelExpiry } of this.#places.values()) {
      cancelTelling?.();
      cancelExpiry?.();
    }
    this.#places.clear();
  }

  #tellLater(roomId: string, place: Place): void {
    if (!place.room.hasChanged || place.cancelTelling !== undefined) return;
    const { clock, limits } = this.#parts;
    place.cancelTelling = clock.after(limits.presenceEveryMs, () => {
      place.cancelTelling = undefined;
      this.#tell(roomId, place);
    });
  }

  #tell(roomId: string, { room }: Place): void {
    const news = room.takeNews();
    if (room.isEmpty) this.#places.delete(roomId);
    if (news === undefined) return;
    const frameOf = (told: PresenceNews) => encodeFrame({ t: "presence", room: roomId, ...told });
    const frame = frameOf(news);
    const came = cameIn(news);
    for (const subscription of this.#parts.hub.followers(roomId)) {
      if (!came.has(subscription.user)) subscription.deliverPresence(frame);
      else {
        const changes = news.changes?.filter(({ user }) => user !== subscription.user) ?? [];
        if (changes.length > 0) subscription.deliverPresence(frameOf({ changes }));
      }
    }
  }

  #expireLater(roomId: string, place: Place): void {
    if (place.cancelExpiry !== undefined) return;
    const expiresAt = place.room.nextExpiry();
    if (expiresAt === undefined) return;
    const { clock } = this.#parts;
    place.cancelExpiry = clock.after(Math.max(1, expiresAt - clock.monotonic()), () => {
      place.cancelExpiry = undefined;
      place.room.expire(clock.monotonic());
      this.#tellLater(roomId, place);
      this.#expireLater(roomId, place);
    });
  }
}

/** Those who came: all their connections were told so when they had caught up. */
function cameIn({ full, changes = [] }: PresenceNews): ReadonlySet<string> {
  if (full === true) return new Set();
  return new Set(changes.flatMap(({ user, state }) => (state === "online" ? user : [])));
}
