import type { DownFrame } from "../protocol/frames.js";
import type { HelloFrame } from "../protocol/handshake.js";
import type { Cursor } from "../protocol/ids.js";

/**
 * Rooms of one question: its address stays within the 8 KiB that proxies take. More take turns.
 */
const ROOMS_MAX_COUNT = 40;

interface Subscription {
  readonly ref: number;
  cur?: Cursor | undefined;
  /** Its client knows by now that it was accepted. */
  isAnswered: boolean;
}

/**
 * The rooms a line by HTTP follows. Each question subscribes to all of them anew, so the cursors
 * are taken from what was passed on, and the client is not told again what it asked once.
 */
export class HttpSubscriptions {
  /** Those asked for longest ago first. */
  readonly #rooms = new Map<string, Subscription>();

  /** Follows rooms from now on. */
  addAll(rooms: HelloFrame["rooms"]): void {
    for (const [room, { ref, cur }] of Object.entries(rooms)) {
      this.#rooms.set(room, { ref, cur, isAnswered: false });
    }
  }

  /** Stops following a room. */
  remove(room: string): void {
    this.#rooms.delete(room);
  }

  /** Rooms of the next question, and whether these are all of them. */
  next(): { readonly rooms: HelloFrame["rooms"]; readonly isWhole: boolean } {
    const all = [...this.#rooms];
    const isNew = ([, { isAnswered }]: (typeof all)[number]): boolean => !isAnswered;
    const asked = [...all.filter(isNew), ...all.filter((it) => !isNew(it))].slice(
      0,
      ROOMS_MAX_COUNT,
    );
    for (const [room, subscription] of asked) {
      this.#rooms.delete(room);
      this.#rooms.set(room, subscription);
    }
    const rooms = Object.fromEntries(
      asked.map(([room, { ref, cur }]) => [room, cur ? { ref, cur } : { ref }]),
    );
    return { rooms, isWhole: asked.length === all.length };
  }

  /** What an answer means to the client: what it knows already is left out. */
  read(frames: readonly unknown[]): readonly unknown[] {
    return frames.flatMap((frame) => this.#read(frame as DownFrame) ?? []);
  }

  #read(frame: DownFrame): unknown {
    if (frame.t === "error" && frame.room !== undefined) this.#rooms.delete(frame.room);
    if (frame.t !== "replay" && frame.t !== "reset" && frame.t !== "synced") return frame;
    const subscription = this.#rooms.get(frame.room);
    if (!subscription || (frame.ref !== undefined && frame.ref !== subscription.ref)) return frame;
    const { isAnswered, cur } = subscription;
    if (frame.t === "synced") {
      if (cur) subscription.cur = { epoch: cur.epoch, seq: frame.head, chain: frame.chain };
      return frame;
    }
    subscription.isAnswered = true;
    if (frame.t === "replay") return isAnswered ? undefined : frame;
    const { ref: _ref, ...unasked } = frame;
    subscription.cur = { epoch: frame.epoch, seq: frame.head, chain: frame.chain };
    // Its request was answered long ago: for the client this one comes by itself. [L6]
    return isAnswered ? unasked : frame;
  }
}
