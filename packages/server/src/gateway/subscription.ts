import type { Cursor } from "@confab/sdk/protocol";
import type { RoomView } from "../auth/room-view.js";
import type { Result } from "../platform/result.js";
import type { RoomReading, Standing } from "../reading/room-reading.js";
import type { EncodedEvent } from "../sync/encode-event.js";
import type { RoomSync, SyncChunk, SyncStart } from "../sync/room-sync.js";
import { encodeFrame, frameOfText, type Frame } from "./frame.js";
import type { Hub } from "./hub.js";

/** What a subscription is made of. */
export interface SubscriptionParts {
  readonly view: RoomView;
  /** Id of who follows. */
  readonly user: string;
  /** The client's number for it; every answer carries it. [L6] */
  readonly ref: number;
  readonly cursor?: Cursor;
  readonly sync: RoomSync;
  readonly reading: RoomReading;
  /** Above so many members nobody hears of the read positions of others. [R3] */
  readonly receiptsMaxMembers: number;
  readonly hub: Hub;
  /** Sends a frame to the subscriber. */
  readonly send: (frame: Frame) => void;
  /** The subscriber's socket has enough to do. */
  readonly isPressed: () => boolean;
  /** Asks for `advance` to be called: there is something to read. */
  readonly wantsToRead: (subscription: Subscription) => void;
  /** The subscriber has caught up, and is told what is there besides the log. */
  readonly onSynced: () => void;
}

/** What a step of catching up comes to. `settle`: all events are sent, the rest is to be read. */
type Step = "continue" | "settle" | "rest";

/**
 * One session following one room. It begins in catch-up, where everything it sends comes from the
 * log; when it has sent all there is it goes live, and takes events as they are published. An event
 * that is not the next one puts it back. [L4] [L5]
 */
export class Subscription {
  readonly #parts: SubscriptionParts;
  #phase: "starting" | "catching-up" | "live" | "ended" = "starting";
  #seq = 0;
  #count = 0;
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

  /** Id of who follows. */
  get user(): string {
    return this.#parts.user;
  }

  get isLive(): boolean {
    return this.#phase === "live";
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
    this.#advanceTo(event);
    this.#parts.send(frame);
  }

  /**
   * Takes a read position. Also while catching up, since what `synced` will say may have been read
   * before it. [R3]
   */
  deliverReceipt(frame: Frame): void {
    if (this.#phase === "catching-up" || this.#phase === "live") this.#parts.send(frame);
  }

  /** Takes who came and went, once the subscriber was told who is here. [P2] */
  deliverPresence(frame: Frame): void {
    if (this.#isSynced && this.#phase !== "ended") this.#parts.send(frame);
  }

  /** Takes somebody's typing: the first thing dropped under pressure. [P1] */
  deliverTyping(frame: Frame): void {
    if (this.#phase === "live" && !this.#parts.isPressed()) this.#parts.send(frame);
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
        const step = this.#take<SyncChunk, Step>(result, (chunk) => this.#sendChunk(chunk));
        if (step.ok && step.value === "settle") this.#settle(done);
        else done(step as Result<"continue" | "rest">);
      });
    } else {
      done({ ok: true, value: "rest" });
    }
  }

  /** A read may be answered after the subscription has ended: then it sends nothing. */
  #take<Value, Next extends Step>(
    result: Result<Value>,
    use: (value: Value) => Next,
  ): Result<Next | "rest"> {
    if (this.#phase === "ended") return { ok: true, value: "rest" };
    return result.ok ? { ok: true, value: use(result.value) } : result;
  }

  #start(start: SyncStart): "continue" {
    const { ref, send } = this.#parts;
    this.#phase = "catching-up";
    this.#advanceTo(start);
    if (start.type === "replay") {
      send(encodeFrame({ t: "replay", room: this.roomId, ref, from: start.seq }));
    } else {
      send(frameOfText(start.frameFor(ref)));
    }
    return "continue";
  }

  #sendChunk({ events, head }: SyncChunk): Step {
    if (this.#seq < head && events[0]?.seq !== this.#seq + 1) return this.#startAgain();
    for (const event of events) {
      this.#advanceTo(event);
      this.#parts.send(frameOfText(event.frame));
    }
    if (this.#isBehind(head)) return "continue";
    if (!this.#isSynced) return "settle";
    this.#phase = "live";
    return "rest";
  }

  /**
   * The log was trimmed beyond this place while it was read: the cursor is judged again, and is too
   * old now.
   */
  #startAgain(): "continue" {
    this.#phase = "starting";
    this.#isSynced = false;
    return "continue";
  }

  /** Reads what `synced` says besides the log, and goes live unless events came meanwhile. */
  #settle(done: (result: Result<"continue" | "rest">) => void): void {
    const { reading, view, user, receiptsMaxMembers } = this.#parts;
    reading.standing(view, user, receiptsMaxMembers, (result) => {
      done(
        this.#take(result, (standing) => {
          if (this.#isBehind(0)) return "continue";
          this.#phase = "live";
          this.#sendSynced(standing);
          return "rest";
        }),
      );
    });
  }

  /** Whether the log holds more than was sent, as far as anybody knows. */
  #isBehind(head: number): boolean {
    const isBehind = this.#seq < Math.max(head, this.#parts.hub.headOf(this.roomId));
    const isDoubted = this.#isDoubted;
    this.#isDoubted = false;
    return isBehind || isDoubted;
  }

  #advanceTo({ seq, count, chain }: { seq: number; count: number; chain: string }): void {
    this.#seq = seq;
    this.#count = count;
    this.#chain = chain;
  }

  #sendSynced({ read, mentions, receipts }: Standing): void {
    const { ref, view, send, onSynced } = this.#parts;
    this.#isSynced = true;
    send(
      encodeFrame({
        t: "synced",
        room: this.roomId,
        ref,
        head: this.#seq,
        count: this.#count,
        chain: this.#chain,
        room_info: view.room,
        capabilities: [...view.capabilities],
        ...(read === undefined ? {} : { read }),
        unread: read === undefined ? 0 : Math.max(0, this.#count - read.count),
        mentions,
        receipts: [...receipts],
      }),
    );
    onSynced();
  }
}
