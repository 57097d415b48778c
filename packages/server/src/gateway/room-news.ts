import type { Cancel, Clock } from "../platform/clock.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { RoomFeed } from "./room-feed.js";

/** What a room list must know of an event. */
export interface ListedEvent {
  readonly room: string;
  readonly by: string;
  readonly kind: string;
  /** JSON object of the fields its kind adds. */
  readonly payload: string;
}

/** A person with a live session, and the rooms that stand in their list. */
interface Person {
  readonly feeds: Set<RoomFeed>;
  readonly rooms: Set<string>;
}

/** What happened in a room that lists were not told yet. */
interface Untold {
  /** Something was stored: of interest to whoever does not follow the room live. */
  hasEvent: boolean;
  /** What was said is said differently, or not at all: of interest to everybody. */
  hasChange: boolean;
  /** Whose own numbers have changed. */
  readonly users: Set<string>;
}

/**
 * Knows whose list shows which room, and wakes the lists when the room changes: at once, then at
 * most once a second. Publishing costs the same however many there are. [R2]
 */
export class RoomNews {
  readonly #clock: Clock;
  readonly #limits: GatewayLimits;
  readonly #people = new Map<string, Person>();
  readonly #listers = new Map<string, Set<Person>>();
  readonly #untold = new Map<string, Untold>();
  /** Rooms that are to be told, or were told less than a second ago. */
  readonly #cancels = new Map<string, Cancel>();

  constructor({ clock, limits }: { clock: Clock; limits: GatewayLimits }) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** A session has gone live. */
  join(feed: RoomFeed): void {
    const person = this.#people.get(feed.user) ?? { feeds: new Set(), rooms: new Set() };
    person.feeds.add(feed);
    this.#people.set(feed.user, person);
  }

  leave(feed: RoomFeed): void {
    const person = this.#people.get(feed.user);
    if (person === undefined) return;
    person.feeds.delete(feed);
    if (person.feeds.size > 0) return;
    this.#people.delete(feed.user);
    for (const roomId of person.rooms) this.#removeLister(roomId, person);
  }

  /** This person belongs to these rooms. */
  belongs(user: string, roomIds: readonly string[]): void {
    const person = this.#people.get(user);
    if (person === undefined) return;
    for (const roomId of roomIds) {
      person.rooms.add(roomId);
      const listers = this.#listers.get(roomId) ?? new Set();
      this.#listers.set(roomId, listers.add(person));
    }
  }

  /** Something was stored in a room: its author belongs to it. */
  published(event: ListedEvent): void {
    this.belongs(event.by, [event.room]);
    const untold = this.#note(event.room);
    if (untold === undefined) return;
    untold.hasEvent = true;
    if (event.kind === "edit" || event.kind === "del") untold.hasChange = true;
    if (event.kind !== "msg") return;
    untold.users.add(event.by);
    for (const user of mentionsOf(event)) untold.users.add(user);
  }

  /** This person has read further, or belongs to the room by having read in it. */
  raised(user: string, roomId: string): void {
    this.belongs(user, [roomId]);
    this.#note(roomId)?.users.add(user);
  }

  /** Something may have been stored that nobody was told of. */
  doubt(roomId: string): void {
    const untold = this.#note(roomId);
    if (untold !== undefined) untold.hasChange = true;
  }

  /** Forgets everything; no list is woken any more. */
  stop(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
    this.#untold.clear();
  }

  #removeLister(roomId: string, person: Person): void {
    const listers = this.#listers.get(roomId);
    listers?.delete(person);
    if (listers?.size === 0) this.#listers.delete(roomId);
  }

  /** Where to write down what happened; nowhere when no list shows the room. */
  #note(roomId: string): Untold | undefined {
    if (!this.#listers.has(roomId)) return undefined;
    const known = this.#untold.get(roomId);
    if (known !== undefined) return known;
    const untold = { hasEvent: false, hasChange: false, users: new Set<string>() };
    this.#untold.set(roomId, untold);
    if (!this.#cancels.has(roomId)) this.#tellAfter(0, roomId);
    return untold;
  }

  #tellAfter(delayMs: number, roomId: string): void {
    const cancel = this.#clock.after(delayMs, () => {
      this.#cancels.delete(roomId);
      const untold = this.#untold.get(roomId);
      if (untold === undefined) return;
      this.#untold.delete(roomId);
      this.#tell(roomId, untold);
      this.#tellAfter(this.#limits.listEveryMs, roomId);
    });
    this.#cancels.set(roomId, cancel);
  }

  #tell(roomId: string, { hasEvent, hasChange, users }: Untold): void {
    for (const { feeds } of this.#listers.get(roomId) ?? []) {
      for (const feed of feeds) {
        const isForUser = hasChange || users.has(feed.user);
        if (isForUser || (hasEvent && !feed.followsLive(roomId))) feed.add(roomId);
      }
    }
  }
}

/** Whom a message mentions. The payload was written by us. */
function mentionsOf({ payload }: ListedEvent): readonly string[] {
  if (!payload.includes('"mentions"')) return [];
  return (JSON.parse(payload) as { mentions?: readonly string[] }).mentions ?? [];
}
