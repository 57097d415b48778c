import type { Cursor, DownFrame, EventFrame } from "@confab/sdk/protocol";
import { expectedEvents } from "./expected-event.js";
import { demand } from "./violation.js";
import { canonical, demandRows } from "./wire-row.js";
import type { World } from "./world.js";

interface WireSubscription {
  readonly ref: number;
  readonly cur: Cursor | undefined;
  /** Where the log ended when it was asked for. */
  readonly head: number;
  /** Seq the next event must have; absent until `replay` or `reset` said where it starts. */
  next?: number;
  /** Characters sent since then, until it has caught up. */
  resumed: number;
  isLive: boolean;
}

type StreamFrame = Extract<DownFrame, { t: "replay" | "reset" | "synced" | "ping" }> | EventFrame;

/** What is read from a log is sent within this. */
const LATE_READ_MS = 1_500;
/** Live events wait for the answer to their commit, which may delete what it has just stored. */
const LATE_ANSWER_MS = 7_000;

/** What one resume may cost: the bytes of a replay, a snapshot, and what comes meanwhile. [I21] */
const RESUME_MAX_CHARACTERS = 2 * 262_144;

/**
 * What one connection is told of the logs it follows: each from where it was said to begin, without
 * hole or repeat, and every event and row as it is stored. [I1] [I5] [I13] [I15] [I20] [I21] [I26]
 */
export class StreamChecker {
  readonly #world: World;
  readonly #subscriptions = new Map<string, WireSubscription>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The client asked for a room from here on. */
  asked(room: string, ref: number, cur: Cursor | undefined): void {
    const head = this.#world.oracle.head(room);
    this.#subscriptions.set(room, { ref, cur, head, resumed: 0, isLive: false });
  }

  left(room: string): void {
    this.#subscriptions.delete(room);
  }

  sent(frame: StreamFrame): void {
    switch (frame.t) {
      case "replay":
        return this.#replay(frame);
      case "reset":
        return this.#reset(frame);
      case "ev":
        return this.#event(frame);
      case "synced":
        return this.#synced(frame);
      case "ping":
        return this.#ping(frame);
    }
  }

  #replay(frame: StreamFrame & { t: "replay" }): void {
    const { room, from } = frame;
    const subscription = this.#answered(room, frame.ref);
    const { cur } = subscription;
    demand(subscription.next === undefined, "I13", () => `${room} is replayed twice`);
    const isSamePast =
      cur?.seq === from &&
      cur.epoch === this.#world.oracle.epoch(room) &&
      cur.chain === this.#world.oracle.chainAt(room, from);
    demand(isSamePast, "I20", () => `${room} is replayed from ${from} to a cursor of another past`);
    subscription.next = from + 1;
    this.#world.counters.add("replay served");
  }

  #reset(frame: StreamFrame & { t: "reset" }): void {
    const { room, head, messages } = frame;
    const { oracle, swarm, counters } = this.#world;
    const subscription = this.#answered(room, frame.ref ?? 0);
    subscription.next = head + 1;
    this.#counted(room, frame);
    demand(frame.chain === oracle.chainAt(room, head), "I15", () => `${room} reset chain`);
    demand(frame.epoch === oracle.epoch(room), "I20", () => `${room} reset epoch`);
    const isNewest = head >= subscription.head;
    demand(isNewest, "I20", () => `${room} reset at ${head}, asked at ${subscription.head}`);
    const { fold, events } = oracle.current(room);
    const shown = fold.shown.filter((seq) => seq <= head);
    demand(frame.count === shown.length, "I3", () => `${room} reset count`);
    const rows = shown
      .slice(-swarm.snapshotMaxMessages)
      .flatMap((seq) => fold.row(events[seq - 1]?.id ?? "", head) ?? []);
    demandRows(`reset of ${room} at ${String(head)}`, messages, rows);
    const isMore = shown.length > rows.length;
    demand(frame.hasMore === isMore, "I5", () => `${room} reset at ${head} says hasMore wrongly`);
    counters.add(`reset: ${frame.why}`);
  }

  #event(frame: EventFrame): void {
    const { room, seq } = frame;
    const subscription = this.#subscriptions.get(room);
    const next = subscription?.next;
    demand(next !== undefined, "I13", () => `${room} event without a subscription`);
    demand(seq === next, "I13", () => `${room} event ${seq} where ${next} is due`);
    if (subscription !== undefined) subscription.next = seq + 1;
    this.#counted(room, frame);
    const { oracle, clock } = this.#world;
    const stored = oracle.at(room, seq);
    if ("redacted" in frame) oracle.refresh(room);
    demand(stored !== undefined, "I1", () => `${room} event ${seq} is not stored`);
    const delayMs = subscription?.isLive === true ? LATE_ANSWER_MS : LATE_READ_MS;
    const due = expectedEvents(oracle.current(room), stored, clock.monotonic() - delayMs);
    const text = canonical(frame);
    demand(due.includes(text), due.length > 0 && isErased(frame, due) ? "I26" : "I1", () => {
      return `${room} event ${seq} is ${text}, due is ${due.join(" or ")}`;
    });
  }

  #synced(frame: StreamFrame & { t: "synced" }): void {
    const { room, head, ref } = frame;
    const subscription = this.#answered(room, ref);
    const isDue = subscription.next === head + 1;
    demand(isDue, "I13", () => `${room} synced at ${head} too early`);
    const { oracle } = this.#world;
    demand(frame.chain === oracle.chainAt(room, head), "I15", () => `${room} synced chain`);
    subscription.isLive = true;
  }

  #ping(frame: StreamFrame & { t: "ping" }): void {
    for (const [room, [seq, chain]] of Object.entries(frame.heads)) {
      const due = this.#world.oracle.chainAt(room, seq);
      demand(chain === due, "I15", () => `${room} ping chain at ${seq}`);
    }
  }

  /** Catching up has a bound, however far behind somebody is. */
  #counted(room: string, frame: StreamFrame): void {
    const subscription = this.#subscriptions.get(room);
    if (subscription === undefined || subscription.isLive) return;
    subscription.resumed += JSON.stringify(frame).length;
    const isBounded = subscription.resumed <= RESUME_MAX_CHARACTERS;
    demand(isBounded, "I21", () => `${room} costs more than a snapshot to resume`);
  }

  #answered(room: string, ref: number): WireSubscription {
    const subscription = this.#subscriptions.get(room);
    const due = subscription?.ref ?? 0;
    demand(subscription?.ref === ref, "I13", () => `${room} answers ref ${ref}, asked was ${due}`);
    return subscription;
  }
}

/** Whether what is wrong with an event is that it still has words. */
function isErased(frame: EventFrame, due: readonly string[]): boolean {
  const { body } = frame as { body?: string };
  return body !== undefined && body !== "" && due.every((text) => text.includes('"body":""'));
}
