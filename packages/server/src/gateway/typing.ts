import { LIMITS } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { Clock } from "../platform/clock.js";
import { authorOf } from "./author-of.js";
import { encodeFrame } from "./frame.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { Hub } from "./hub.js";

/** What passing on typing is made of. */
export interface TypingParts {
  readonly hub: Hub;
  readonly clock: Clock;
  readonly limits: GatewayLimits;
}

/**
 * Tells those who follow a room live that somebody types there: for each person and room as often
 * as a client says it, whose frames may come a little too close together. It is never stored and
 * never repeated. [P1]
 */
export class Typing {
  readonly #parts: TypingParts;
  /** When typing was passed on, for as long as it keeps the next one back; oldest first. */
  readonly #toldAt = new Map<string, number>();

  constructor(parts: TypingParts) {
    this.#parts = parts;
  }

  /** This person, who may speak in the room, types there. */
  typed(person: Principal, roomId: string): void {
    if (!this.#mayTell(`${roomId} ${person.id}`)) return;
    const { id } = person;
    const ttl = LIMITS.typingTtlMs;
    const frame = encodeFrame({
      t: "typing",
      room: roomId,
      user: id,
      author: authorOf(person),
      ttl,
    });
    for (const subscription of this.#parts.hub.followers(roomId)) {
      if (subscription.user !== id) subscription.deliverTyping(frame);
    }
  }

  #mayTell(key: string): boolean {
    const { clock, limits } = this.#parts;
    const now = clock.monotonic();
    for (const [other, toldAt] of this.#toldAt) {
      if (now - toldAt < limits.typingEveryMs) break;
      this.#toldAt.delete(other);
    }
    if (this.#toldAt.has(key)) return false;
    this.#toldAt.set(key, now);
    return true;
  }
}
