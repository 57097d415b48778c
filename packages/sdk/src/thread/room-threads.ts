import type { ChatError } from "../errors.js";
import type { OutboxEntry } from "../outbox/outbox-entry.js";
import type { EventFrame } from "../protocol/events.js";
import type { RoomClient } from "../room-client.js";
import { assertOpId } from "../room-pages.js";
import { ThreadCore, type ThreadRoom } from "./thread-core.js";

/** The threads of a room that somebody asked for: one object per root. */
export class RoomThreads {
  readonly #room: ThreadRoom;
  readonly #client: RoomClient;
  readonly #threads = new Map<string, ThreadCore>();

  constructor(room: ThreadRoom, client: RoomClient) {
    this.#room = room;
    this.#client = client;
  }

  /** The thread of this root: the same object each time. Throws `invalid`. */
  get(root: string): ThreadCore {
    assertOpId(root, "open the thread");
    const known = this.#threads.get(root) ?? new ThreadCore(root, this.#room, this.#client);
    this.#threads.set(root, known);
    return known;
  }

  apply(event: EventFrame): void {
    for (const thread of this.#threads.values()) thread.apply(event);
  }

  outdate(): void {
    for (const thread of this.#threads.values()) thread.outdate();
  }

  look(): void {
    for (const thread of this.#threads.values()) thread.look();
  }

  forget(): void {
    for (const thread of this.#threads.values()) thread.forget();
  }

  /** Of the ops before, these leave the overlay of the room. */
  keep(settled: readonly OutboxEntry[], before: readonly OutboxEntry[]): void {
    for (const thread of this.#threads.values()) thread.keep(settled, before);
  }

  refresh(): void {
    for (const thread of this.#threads.values()) thread.refresh();
  }

  publish(): void {
    for (const thread of this.#threads.values()) thread.publish();
  }

  end(error: ChatError): void {
    for (const thread of this.#threads.values()) thread.end(error);
  }
}
