import type { Cursor } from "@confab/sdk/protocol";
import type { RoomView } from "../auth/room-view.js";
import type { Result } from "../platform/result.js";
import type { EncodedEvent } from "../sync/encode-event.js";
import type { RoomSync, SyncChunk, SyncStart } from "../sync/room-sync.js";
import { encodeFrame, frameOfText, type Frame } from "./frame.js";
import type { Hub } from "./hub.js";

/** What a subscription is made of. */
export interface SubscriptionParts {
  readonly view: RoomView;
  /** The client's number for it; every answer carries it. [L6] */
  readonly ref: number;
  readonly cursor?: Cursor;
  readonly sync: RoomSync;
  readonly hub: Hub;
  /** Sends a frame to the subscriber. */
  readonly send: (frame: Frame) => void;
  /** Asks for `advance` to be called: there is something to read. */
  readonly wantsToRead: (subscription: Subscription) => void;
}

/**
 * One session following one room. It begins in catch-up, where everything it sends comes from the
 * log; when it has sent all there is it goes live, and takes events as they are published. An event
 * that is not the next one puts it back. [L4] [L5]
 */
export class Subscription {
  readonly #parts: SubscriptionParts;
  #phase: "starting" | "catching-up" | "live" | "ended" = "starting";
  #seq = 0;
  #chain = "";
  #isSynced = false;
  /** The log may hold more than what is being read right now will tell. */
  #isDoubted = false;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
  }

  get roomId(): string {
    return this.#parts.view.room.id;
  }

  /**
   * Seq and chain of the last event sent, while live; nothing while catching up, when they would
   * alarm for no reason. [V1]
   */
  get livePosition(): [seq: number, chain: string] | undefined {
    return this.#phase === "live" ? [this.#seq, this.#chain] : undefined;
  }

  begin(): void {
    this.#parts.hub.join(this.roomId, this);
    this.#parts.wantsToRead(this);
  }

  /** Sends nothing more, not even what is being read right now. */
  end(): void {
    this.#phase = "ended";
    this.#parts.hub.leave(this.roomId, this);
  }

  /**
   * Takes a published event. Called for every event of the room and every subscriber: it makes
   * nothing. [O7]
   */
  deliver(event: EncodedEvent, frame: Frame): void {
    if (this.#phase !== "live" || event.seq <= this.#seq) return;
    if (event.seq !== this.#seq + 1) {
      this.readAgain();
      return;
    }
    this.#seq = event.seq;
    this.#chain = event.chain;
    this.#parts.send(frame);
  }

  /** Goes back to the log, where there may be events that were not published. */
  readAgain(): void {
    if (this.#phase === "catching-up") this.#isDoubted = true;
    if (this.#phase !== "live") return;
    this.#phase = "catching-up";
    this.#parts.wantsToRead(this);
  }

  /**
   * Does one step of catching up: one read, and the frames it gives. Calls back when the step is
   * done.
   */
  advance(done: (result: Result<"continue" | "rest">) => void): void {
    const { view, cursor, sync } = this.#parts;
    if (this.#phase === "starting") {
      sync.start(view, cursor, (result) => {
        done(this.#take(result, (start) => this.#start(start)));
      });
    } else if (this.#phase === "catching-up") {
      sync.readAfter(view, this.#seq, (result) => {
        done(this.#take(result, (chunk) => this.#sendChunk(chunk)));
      });
    } else {
      done({ ok: true, value: "rest" });
    }
  }

  /** A read may be answered after the subscription has ended: then it sends nothing. */
  #take<Value>(
    result: Result<Value>,
    use: (value: Value) => "continue" | "rest",
  ): Result<"continue" | "rest"> {
    if (this.#phase === "ended") return { ok: true, value: "rest" };
    return result.ok ? { ok: true, value: use(result.value) } : result;
  }

  #start(start: SyncStart): "continue" {
    const { ref, send } = this.#parts;
    this.#phase = "catching-up";
    this.#seq = start.seq;
    this.#chain = start.chain;
    if (start.type === "replay") {
      send(encodeFrame({ t: "replay", room: this.roomId, ref, from: start.seq }));
    } else {
      send(frameOfText(start.frameFor(ref)));
    }
    return "continue";
  }

  #sendChunk({ events, head }: SyncChunk): "continue" | "rest" {
    for (const event of events) {
      this.#seq = event.seq;
      this.#chain = event.chain;
      this.#parts.send(frameOfText(event.frame));
    }
    const isBehind = this.#seq < Math.max(head, this.#parts.hub.headOf(this.roomId));
    const mustReadAgain = isBehind || this.#isDoubted;
    this.#isDoubted = false;
    if (mustReadAgain) return "continue";
    this.#phase = "live";
    if (!this.#isSynced) this.#sendSynced();
    return "rest";
  }

  #sendSynced(): void {
    const { ref, view, send } = this.#parts;
    this.#isSynced = true;
    send(
      encodeFrame({
        t: "synced",
        room: this.roomId,
        ref,
        head: this.#seq,
        chain: this.#chain,
        room_info: view.room,
        capabilities: [...view.capabilities],
      }),
    );
  }
}
