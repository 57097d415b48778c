import type { ChatError } from "./errors.js";
import type { RoomLogInput } from "./log/room-log-step.js";
import type { DownFrame } from "./protocol/frames.js";
import type { DownPingFrame } from "./protocol/liveness.js";
import type { AckFrame, NackFrame } from "./protocol/operations.js";
import type { RoomFrame } from "./protocol/reading.js";
import type { RoomClient } from "./room-client.js";
import { RoomCore } from "./room-core.js";
import { RoomList } from "./rooms/room-list.js";

type LogFrame = Extract<DownFrame, RoomLogInput>;

/** Whether a frame belongs to a room's log. */
function isOfLog(frame: DownFrame): frame is LogFrame {
  return ["replay", "reset", "ev", "synced", "error"].includes(frame.t);
}

/** The rooms of a client: one object per id, and the frames meant for them. */
export class ChatRooms {
  readonly #client: RoomClient;
  readonly #rooms = new Map<string, RoomCore>();
  readonly #changed = new Set<string>();
  readonly list: RoomList;

  constructor(client: RoomClient, report: (error: unknown) => void) {
    this.#client = client;
    this.list = new RoomList(report);
  }

  /** The room with this id: the same object each time. */
  get(id: string): RoomCore {
    const room = this.#rooms.get(id) ?? new RoomCore(id, this.#client);
    this.#rooms.set(id, room);
    return room;
  }

  /** Whether somebody here follows this room, and may. */
  isFollowed(id: string): boolean {
    const status = this.#rooms.get(id)?.log.status ?? "closed";
    return status !== "closed" && status !== "failed";
  }

  /** Asks for followed rooms that were not asked for on this line yet, at most so many. */
  subscribe(maxCount?: number): void {
    const wanted = [...this.#rooms.values()].filter(
      (room) => room.log.status === "offline" && !room.kept.isAwaited,
    );
    for (const room of wanted.slice(0, maxCount)) room.handle({ t: "subscribe" });
  }

  /** The same input for each of them. */
  handleAll(input: RoomLogInput): void {
    for (const room of this.#rooms.values()) room.handle(input);
  }

  /** A frame of the live line. Those of rooms nobody knows are dropped. */
  read(frame: DownFrame): void {
    if (frame.t === "ack" || frame.t === "nack") this.#answer(frame);
    else if (frame.t === "ping") this.#compareHeads(frame);
    // A refused subscription is told by its room, or by its number alone.
    else if (frame.t === "error" && frame.room === undefined) {
      if (frame.ref !== undefined) this.handleAll(frame);
    } else if (isOfLog(frame)) this.#rooms.get(frame.room ?? "")?.handle(frame);
    else if (frame.t === "typing" || frame.t === "presence") {
      this.#rooms.get(frame.room)?.hear(frame);
    }
    if (frame.t === "room") this.list.take(frame);
    if (frame.t === "room" || frame.t === "receipt" || frame.t === "synced") {
      this.#client.readings.handle(frame.room, frame);
    }
  }

  /** A room of the list as it was kept: what a line has told since counts more. */
  recall(frame: RoomFrame): void {
    if (this.list.has(frame.room)) return;
    this.list.take(frame);
    this.#client.readings.handle(frame.room, { t: "kept", frame });
  }

  /** The stores of this room, or of all, are to be brought up to date when the turn ends. */
  changed(ids: Iterable<string> = this.#rooms.keys()): void {
    for (const id of ids) this.#changed.add(id);
  }

  /** Brings the changed stores up to date. What listeners change meanwhile is published too. */
  publish(): void {
    const isListed = [...this.#changed].some((id) => this.list.has(id));
    for (const id of this.#changed) {
      this.#changed.delete(id);
      this.#rooms.get(id)?.publish();
    }
    if (isListed) {
      this.#client.storage.keepRooms(this.list.frames);
      this.list.publish(this.#client.readings, (id) => this.#rooms.get(id)?.log);
    }
  }

  /** The client is closed. */
  end(error: ChatError): void {
    for (const room of this.#rooms.values()) room.end(error);
  }

  /** An answer counts only for an op of the room it names. [O1] */
  #answer(frame: AckFrame | NackFrame): void {
    const { outbox } = this.#client;
    if (!outbox.find(frame.room, frame.id)) return;
    outbox.handle(frame);
    this.#rooms.get(frame.room)?.settleOverlay();
  }

  #compareHeads({ heads }: DownPingFrame): void {
    for (const [room, head] of Object.entries(heads)) {
      const [seq, chain]: readonly unknown[] = Array.isArray(head) ? head : [];
      if (typeof seq === "number" && typeof chain === "string") {
        this.#rooms.get(room)?.handle({ t: "head", seq, chain });
      }
    }
  }
}
