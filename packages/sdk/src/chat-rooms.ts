import type { Hello } from "./connection/hello.js";
import type { ChatError } from "./errors.js";
import type { RoomLogInput } from "./log/room-log-step.js";
import type { Outbox } from "./outbox/outbox.js";
import type { DownFrame, UpFrame } from "./protocol/frames.js";
import type { DownPingFrame, ErrorFrame } from "./protocol/liveness.js";
import type { Cursor } from "./protocol/ids.js";
import { RoomCore, type RoomPorts } from "./room-core.js";

/** What the rooms need of their client, beyond what each of them needs. */
export interface ChatRoomsPorts extends Omit<
  RoomPorts,
  "freshRef" | "subscribe" | "unsubscribe" | "changed" | "wanted"
> {
  /** Sends a frame on the live line. */
  readonly send: (frame: UpFrame) => void;
  readonly isLive: () => boolean;
  /** There should be a line. */
  readonly wanted: () => void;
}

/**
 * The rooms of a client: one object per id, their subscriptions on the current line, and the frames
 * meant for them.
 */
export class ChatRooms {
  readonly #ports: ChatRoomsPorts;
  readonly #roomPorts: RoomPorts;
  readonly #outbox: Outbox;
  readonly #rooms = new Map<string, RoomCore>();
  readonly #changed = new Set<string>();
  #lastRef = 0;
  /** The `hello` being made, which takes subscriptions instead of the line. */
  #hello: Hello | undefined;

  constructor(ports: ChatRoomsPorts) {
    this.#ports = ports;
    this.#outbox = ports.outbox;
    this.#roomPorts = {
      ...ports,
      freshRef: () => this.#lastRef + 1,
      subscribe: (room, ref, cursor) => {
        this.#subscribe(room, ref, cursor);
      },
      unsubscribe: (room) => {
        ports.send({ t: "unsub", room });
      },
      changed: (room) => {
        this.changed(room);
      },
      wanted: () => {
        ports.wanted();
        if (ports.isLive()) this.catchUp();
      },
    };
  }

  /** The room with this id: the same object each time. */
  get(id: string): RoomCore {
    const room = this.#rooms.get(id) ?? new RoomCore(id, this.#roomPorts);
    this.#rooms.set(id, room);
    return room;
  }

  /**
   * Asks for every followed room in the `hello`, as far as they fit; the others are asked for by
   * `catchUp`. [H1]
   */
  greet(hello: Hello): void {
    this.#hello = hello;
    for (const [id, room] of this.#rooms) {
      const isWanted = room.log.status === "offline";
      if (isWanted && hello.fits(id, this.#lastRef + 1, room.log.cursor)) {
        room.handle({ type: "subscribe" });
      }
    }
    this.#hello = undefined;
  }

  /** Asks, on the live line, for every followed room that was not asked for yet. */
  catchUp(): void {
    for (const room of this.#rooms.values()) {
      if (room.log.status === "offline") room.handle({ type: "subscribe" });
    }
  }

  /** The line is gone. */
  disconnected(): void {
    this.#each({ type: "disconnected" });
  }

  tick(): void {
    this.#each({ type: "tick" });
  }

  /** A frame of the live line. Those of rooms nobody knows are dropped. */
  read(frame: DownFrame): void {
    switch (frame.t) {
      case "replay":
        this.#handle(frame.room, { type: "replay", frame });
        return;
      case "reset":
        this.#handle(frame.room, { type: "reset", frame });
        return;
      case "ev":
        this.#handle(frame.room, { type: "event", frame });
        return;
      case "synced":
        this.#handle(frame.room, { type: "synced", frame });
        return;
      case "ack": {
        if (this.#outbox.find(frame.id)?.room !== frame.room) return;
        this.#outbox.handle({ type: "acked", id: frame.id, seq: frame.seq, at: frame.at });
        this.#rooms.get(frame.room)?.settleOverlay();
        return;
      }
      case "nack":
        if (this.#outbox.find(frame.id)?.room !== frame.room) return;
        this.#outbox.handle({ type: "nacked", id: frame.id, code: frame.code });
        return;
      case "ping":
        this.#compareHeads(frame);
        return;
      case "error":
        this.#refuse(frame);
        return;
      default:
        return;
    }
  }

  /** The stores of this room are to be brought up to date when the turn ends. */
  changed(room: string): void {
    this.#changed.add(room);
  }

  /** The same for all of them. */
  allChanged(): void {
    for (const id of this.#rooms.keys()) this.#changed.add(id);
  }

  /**
   * Brings the stores of the changed rooms up to date. What listeners change meanwhile is published
   * too.
   */
  publish(): void {
    for (const id of this.#changed) {
      this.#changed.delete(id);
      this.#rooms.get(id)?.publish();
    }
  }

  /** The client is closed. */
  end(error: ChatError): void {
    for (const room of this.#rooms.values()) room.end(error);
  }

  #handle(room: string, input: RoomLogInput): void {
    this.#rooms.get(room)?.handle(input);
  }

  #each(input: RoomLogInput): void {
    for (const room of this.#rooms.values()) room.handle(input);
  }

  #subscribe(room: string, ref: number, cursor: Cursor | undefined): void {
    this.#lastRef = ref;
    if (this.#hello !== undefined) {
      this.#hello.add(room, ref, cursor);
      return;
    }
    this.#ports.send({ t: "sub", room, ref, ...(cursor === undefined ? {} : { cur: cursor }) });
  }

  #compareHeads({ heads }: DownPingFrame): void {
    for (const [room, head] of Object.entries(heads)) {
      const [seq, chain] = Array.isArray(head) ? head : [];
      if (Number.isSafeInteger(seq) && typeof chain === "string") {
        this.#handle(room, { type: "head", seq: Number(seq), chain });
      }
    }
  }

  /** A refused subscription is told by its room, its number, or both. */
  #refuse({ code, room, ref }: ErrorFrame): void {
    if (room !== undefined) this.#handle(room, { type: "refused", ref, code });
    else if (ref !== undefined) this.#each({ type: "refused", ref, code });
  }
}
