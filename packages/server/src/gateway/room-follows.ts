import { LIMITS, type ErrorCode, type SubFrame } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { RoomView } from "../auth/room-view.js";
import type { CatchUp } from "./catch-up.js";
import { encodeFrame } from "./frame.js";
import type { SendQueue } from "./send-queue.js";
import type { SessionParts } from "./session-parts.js";
import { Subscription } from "./subscription.js";

/** What following rooms is made of, for one session. */
export interface RoomFollowsParts {
  readonly principal: Principal;
  readonly queue: SendQueue;
  readonly catchUp: CatchUp;
  readonly onStorageFailure: (cause: unknown) => void;
}

/**
 * A room this session wants to follow. It has no subscription yet while the room is being looked
 * up.
 */
interface Slot {
  subscription?: Subscription;
  /** The others see this person here. */
  isPresent: boolean;
}

/** The rooms one session follows, by id. */
export class RoomFollows {
  readonly #shared: SessionParts;
  readonly #parts: RoomFollowsParts;
  readonly #slots = new Map<string, Slot>();

  constructor(shared: SessionParts, parts: RoomFollowsParts) {
    this.#shared = shared;
    this.#parts = parts;
  }

  /** Follows a room from a cursor, or refuses. [L4] */
  subscribe({ room, ref, cur }: SubFrame): void {
    this.unsubscribe(room);
    if (this.#slots.size >= LIMITS.roomsMaxCount) {
      this.#refuse("forbidden", room, ref);
      return;
    }
    const slot: Slot = { isPresent: false };
    this.#slots.set(room, slot);
    this.#shared.rooms.view(this.#parts.principal, room, (found) => {
      if (this.#slots.get(room) !== slot) return;
      if (!found.ok) {
        this.#parts.onStorageFailure(found.cause);
      } else if (found.value === undefined) {
        this.#slots.delete(room);
        this.#refuse("not_found", room, ref);
      } else {
        slot.subscription = this.#createSubscription(found.value, slot, ref, cur);
        slot.subscription.begin();
      }
    });
  }

  /** Follows a room no longer. */
  unsubscribe(room: string): void {
    const slot = this.#slots.get(room);
    if (slot === undefined) return;
    this.#slots.delete(room);
    slot.subscription?.end();
    if (slot.isPresent) this.#shared.presence.leave(room, this.#parts.principal.id);
  }

  /** Whether this session hears every event of the room as it happens. */
  isLive(room: string): boolean {
    return this.#slots.get(room)?.subscription?.isLive ?? false;
  }

  /** Where each room stands that this session follows live. [V1] */
  heads(): Record<string, [seq: number, chain: string]> {
    const heads: Record<string, [seq: number, chain: string]> = {};
    for (const [room, { subscription }] of this.#slots) {
      const position = subscription?.livePosition;
      if (position !== undefined) heads[room] = position;
    }
    return heads;
  }

  /** Follows nothing any more. */
  end(): void {
    for (const room of [...this.#slots.keys()]) this.unsubscribe(room);
  }

  #createSubscription(
    view: RoomView,
    slot: Slot,
    ref: number,
    cursor: SubFrame["cur"],
  ): Subscription {
    const { sync, reading, hub, limits, presence } = this.#shared;
    const { principal, queue, catchUp } = this.#parts;
    return new Subscription({
      view,
      user: principal.id,
      ref,
      ...(cursor === undefined ? {} : { cursor }),
      sync,
      reading,
      receiptsMaxMembers: limits.receiptsMaxMembers,
      hub,
      send: (frame) => {
        queue.enqueue(frame);
      },
      isPressed: () => queue.queuedBytes > limits.typingMaxQueuedBytes,
      wantsToRead: (subscription) => {
        catchUp.add(subscription);
      },
      onSynced: () => {
        if (!slot.isPresent) presence.enter(view.room.id, principal);
        slot.isPresent = true;
        queue.enqueue(presence.opening(view.room.id));
      },
    });
  }

  #refuse(code: ErrorCode, room: string, ref: number): void {
    this.#parts.queue.enqueue(encodeFrame({ t: "error", code, room, ref }));
  }
}
