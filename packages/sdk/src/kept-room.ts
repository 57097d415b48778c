import type { RoomLogInput, RoomLogState } from "./log/room-log-step.js";
import type { OutboxEntry } from "./outbox/outbox-entry.js";
import type { RoomClient } from "./room-client.js";

/** A room is asked for without what was kept of it when that takes longer. */
const ANSWER_LIMIT_MS = 1_500;

/** The room something is kept of. */
interface FollowedRoom {
  readonly id: string;
  readonly log: RoomLogState;
  handle(input: RoomLogInput): void;
}

/** What this browser keeps of one room: its newest part, and the ops of this and other tabs. */
export class KeptRoom {
  readonly #room: FollowedRoom;
  readonly #client: RoomClient;
  #cancelWait: () => void = () => undefined;
  /** It is being looked for; the room is not asked for before that is known. */
  isAwaited = false;

  constructor(room: FollowedRoom, client: RoomClient) {
    this.#room = room;
    this.#client = client;
  }

  /** Own ops in send order, then those of other tabs that our log does not hold yet. [B4] */
  get entries(): readonly OutboxEntry[] {
    const { outbox, storage } = this.#client;
    const { id: room, log } = this.#room;
    const seq = log.cursor?.seq ?? 0;
    const others = storage
      .mirroredOf(room)
      .filter(
        ({ id, progress }) =>
          !outbox.find(room, id) && !(progress.status === "acked" && progress.seq <= seq),
      );
    return [...outbox.entriesOf(room), ...others];
  }

  /** The first time the room is followed, what was kept of it is shown. */
  restore(): void {
    const room = this.#room;
    if (this.isAwaited || room.log.ref > 0 || room.log.cursor) return;
    this.isAwaited = true;
    const { storage, platform, turns } = this.#client;
    // A storage that hangs must not keep anybody from the room; its answer is welcome even later.
    this.#cancelWait = platform.clock.after(ANSWER_LIMIT_MS, () => {
      turns.run(() => {
        this.#goOn();
      });
    });
    storage.readWindow(room.id, (window) => {
      if (window) room.handle({ t: "restored", window });
      this.#goOn();
    });
  }

  #goOn(): void {
    if (!this.isAwaited) return;
    this.isAwaited = false;
    this.#cancelWait();
    this.#client.wanted();
  }

  /** What is shown now is what a page shows next time. A room that was refused is not. */
  keep(): void {
    const { storage } = this.#client;
    const { id, log } = this.#room;
    if (log.status === "failed") storage.keepWindow(id, undefined);
    else if (log.cursor) storage.keepWindow(id, { ...log, cursor: log.cursor });
  }
}
