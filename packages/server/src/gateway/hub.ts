import type { EncodedEvent } from "../sync/encode-event.js";
import { frameOfText } from "./frame.js";
import type { Subscription } from "./subscription.js";

/** The subscriptions of one room, and the newest event published to them. */
interface Channel {
  readonly subscriptions: Set<Subscription>;
  head: number;
}

/** Who follows which room. Publishes committed events to them, encoded once. [O7] */
export class Hub {
  readonly #channels = new Map<string, Channel>();

  /**
   * Adds a subscription before its log is read, so that nothing can fall between reading and
   * listening. [L5]
   */
  join(roomId: string, subscription: Subscription): void {
    const channel = this.#channels.get(roomId) ?? { subscriptions: new Set(), head: 0 };
    channel.subscriptions.add(subscription);
    this.#channels.set(roomId, channel);
  }

  leave(roomId: string, subscription: Subscription): void {
    const channel = this.#channels.get(roomId);
    if (channel === undefined) return;
    channel.subscriptions.delete(subscription);
    if (channel.subscriptions.size === 0) this.#channels.delete(roomId);
  }

  isFollowed(roomId: string): boolean {
    return this.#channels.has(roomId);
  }

  /** Everybody who follows the room, those who are catching up included. */
  followers(roomId: string): Iterable<Subscription> {
    return this.#channels.get(roomId)?.subscriptions ?? [];
  }

  /**
   * Seq of the newest event published since somebody follows the room; zero when there was none.
   */
  headOf(roomId: string): number {
    return this.#channels.get(roomId)?.head ?? 0;
  }

  /**
   * A commit failed, or its answer was lost: the log may hold more than was published. Every
   * follower reads it again, so that nobody waits for the next event to learn of this one. [L9]
   */
  doubt(roomId: string): void {
    for (const subscription of this.followers(roomId)) subscription.readAgain();
  }

  /**
   * Tells every follower. Each subscription decides whether this is its next event or a reason to
   * read the log.
   */
  publish(event: EncodedEvent): void {
    const channel = this.#channels.get(event.room);
    if (channel === undefined) return;
    channel.head = Math.max(channel.head, event.seq);
    const frame = frameOfText(event.frame);
    for (const subscription of channel.subscriptions) subscription.deliver(event, frame);
  }
}
