import type { Author, PresenceFrame } from "@confab/sdk/protocol";

/** Somebody in a room. */
interface Visitor {
  readonly author: Author;
  readonly connections: number;
  /** When they are gone unless they come back; absent while a connection follows the room. */
  readonly leavesAt?: number;
}

/** What a frame says besides its room. */
export type PresenceNews = Omit<PresenceFrame, "t" | "room">;

/**
 * Who is in one room, and what its followers believe. It knows no clock: times are monotonic
 * milliseconds and arrive as arguments. [P2]
 */
export class RoomPresence {
  readonly #maxUsers: number;
  readonly #visitors = new Map<string, Visitor>();
  /** Who came or went since the followers were told. */
  readonly #changed = new Set<string>();
  /** Who the followers believe to be here; a number above the limit. */
  #told: Set<string> | number = new Set();
  /** About these, who came since believes otherwise than the rest. */
  readonly #disputed = new Set<string>();

  constructor(maxUsers: number) {
    this.#maxUsers = maxUsers;
  }

  get isEmpty(): boolean {
    return this.#visitors.size === 0;
  }

  /** Whether there may be something to tell. */
  get hasChanged(): boolean {
    return this.#changed.size > 0;
  }

  has(user: string): boolean {
    return this.#visitors.has(user);
  }

  /** One more connection of this person follows the room. */
  enter(user: string, author: Author): void {
    const connections = (this.#visitors.get(user)?.connections ?? 0) + 1;
    if (!this.#visitors.has(user)) this.#changed.add(user);
    this.#visitors.set(user, { author, connections });
  }

  /** One connection less; after the last one they are here until `leavesAt`. */
  leave(user: string, leavesAt: number): void {
    const visitor = this.#visitors.get(user);
    if (visitor === undefined) return;
    const { author } = visitor;
    const connections = Math.max(0, visitor.connections - 1);
    const isLeaving = connections === 0;
    this.#visitors.set(user, { author, connections, ...(isLeaving ? { leavesAt } : {}) });
  }

  /** Forgets who has been gone for long enough. */
  expire(now: number): void {
    for (const [user, { leavesAt }] of this.#visitors) {
      if (leavesAt === undefined || leavesAt > now) continue;
      this.#visitors.delete(user);
      this.#changed.add(user);
    }
  }

  /** When somebody is next to be forgotten, if anybody is leaving. */
  nextExpiry(): number | undefined {
    const times = [...this.#visitors.values()].flatMap(({ leavesAt }) => leavesAt ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** What somebody hears who has just caught up. */
  opening(): PresenceNews {
    const told = this.#told;
    for (const user of this.#changed) {
      const isBelieved = typeof told !== "number" && told.has(user);
      if (isBelieved !== this.#visitors.has(user)) this.#disputed.add(user);
    }
    const count = this.#visitors.size;
    return count > this.#maxUsers ? { count } : { full: true, changes: this.#everybody() };
  }

  /** What the followers have not heard, if anything. They are taken to hear it now. */
  takeNews(): PresenceNews | undefined {
    const told = this.#told;
    const count = this.#visitors.size;
    const changed = [...this.#changed];
    const disputed = new Set(this.#disputed);
    this.#changed.clear();
    this.#disputed.clear();
    if (count > this.#maxUsers) {
      this.#told = count;
      return told === count ? undefined : { count };
    }
    if (typeof told === "number") {
      this.#told = new Set(this.#visitors.keys());
      return { full: true, changes: this.#everybody() };
    }
    // Who came back within a moment is news to those who were told in between that they left.
    const changes = changed.flatMap((user) => {
      const news = this.#change(user, told);
      return news.length === 0 && disputed.has(user) ? [this.#stateOf(user)] : news;
    });
    return changes.length === 0 ? undefined : { changes };
  }

  #change(user: string, told: Set<string>): NonNullable<PresenceNews["changes"]> {
    const visitor = this.#visitors.get(user);
    if (visitor === undefined) return told.delete(user) ? [{ user, state: "offline" }] : [];
    if (told.has(user)) return [];
    told.add(user);
    return [{ user, state: "online", author: visitor.author }];
  }

  #stateOf(user: string): NonNullable<PresenceNews["changes"]>[number] {
    const visitor = this.#visitors.get(user);
    return visitor === undefined
      ? { user, state: "offline" }
      : { user, state: "online", author: visitor.author };
  }

  #everybody(): NonNullable<PresenceNews["changes"]> {
    return [...this.#visitors].map(([user, { author }]) => ({ user, state: "online", author }));
  }
}
