import type { ChatError } from "../errors.js";
import type { Turns } from "../turns.js";
import { OperationHandle } from "./operation-handle.js";
import type { OutboxDraft, OutboxEntry } from "./outbox-entry.js";
import {
  EMPTY_OUTBOX,
  stepOutbox,
  type OutboxEffect,
  type OutboxInput,
  type OutboxState,
} from "./outbox.machine.js";

/** What the outbox asks of the client around it. */
export interface OutboxClient {
  /** Hands frames to the socket, in order; `alone` ones in a message of their own. */
  transmit(frames: readonly string[], company: "shared" | "alone"): void;
  /** What is shown of this room's ops may have changed. */
  changed(room: string): void;
  readonly turns: Turns;
  readonly platform: { readonly report: (error: unknown) => void };
}

/** Drives the outbox machine: the one place where ops live until they are settled. [B1] */
export class Outbox {
  readonly #client: OutboxClient;
  readonly #handles = new Map<string, OperationHandle>();
  #state: OutboxState = EMPTY_OUTBOX;

  constructor(client: OutboxClient) {
    this.#client = client;
  }

  /**
   * Takes an op, in place of a failed one if that is named. Throws `outbox_full`; or `not_found`
   * when the failed op is not here, and `conflict` when it has not failed. [B2] [B5]
   */
  take(draft: OutboxDraft, failedId?: string): OperationHandle {
    this.handle(failedId ? { t: "retry", id: failedId, draft } : { t: "add", draft });
    const handle = new OperationHandle(draft.id, this.#client.platform.report);
    this.#handles.set(draft.id, handle);
    return handle;
  }

  /** One input of the machine. Throws what the machine refuses; then nothing has changed. */
  handle(input: OutboxInput): void {
    const { state, effects } = stepOutbox(this.#state, input);
    const rooms = [...this.#state.entries, ...state.entries].map((entry) => entry.room);
    this.#state = state;
    for (const room of rooms) this.#client.changed(room);
    for (const effect of effects) this.#perform(effect);
  }

  /** The ops of a room that are not settled, or not in its log yet, in send order. */
  entriesOf(room: string): readonly OutboxEntry[] {
    return this.#state.entries.filter((entry) => entry.room === room);
  }

  /** The op with this id in this room, if it is here. */
  find(room: string, id: string): OutboxEntry | undefined {
    return this.#state.entries.find((entry) => entry.id === id && entry.room === room);
  }

  /** Nothing will be sent any more; whoever waits for an answer is told why. */
  abandon(error: ChatError): void {
    for (const handle of this.#handles.values()) handle.abandon(error);
  }

  #perform(effect: OutboxEffect): void {
    const { turns } = this.#client;
    if (effect.type === "refused") throw effect.error;
    if (effect.type === "transmit") {
      this.#client.transmit(effect.frames, effect.isAlone ? "alone" : "shared");
      return;
    }
    const handle = this.#handles.get(effect.id);
    this.#handles.delete(effect.id);
    turns.afterwards(() => handle?.$status.set(effect.outcome));
  }
}
