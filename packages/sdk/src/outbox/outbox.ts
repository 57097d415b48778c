import type { ChatError } from "../errors.js";
import type { ChatEvents } from "../chat-events.js";
import type { Clock } from "../platform/clock.js";
import type { Turns } from "../turns.js";
import { OperationHandle } from "./operation-handle.js";
import type { OutboxDraft, OutboxEntry } from "./outbox-entry.js";
import { MEMORY_JOURNAL, type OutboxJournal } from "./outbox-journal.js";
import { EMPTY_OUTBOX, stepOutbox } from "./outbox.machine.js";
import type { OutboxEffect, OutboxInput, OutboxState } from "./outbox-step.js";

/** What the outbox asks of the client around it. */
export interface OutboxClient {
  /** Hands frames to the socket, in order; `alone` ones in a message of their own. */
  transmit(frames: readonly string[], company: "shared" | "alone"): void;
  /** What is shown of this room's ops may have changed. */
  changed(room: string): void;
  emit(name: "op-failed", event: ChatEvents["op-failed"]): void;
  readonly turns: Turns;
  readonly platform: { readonly clock: Clock; readonly report: (error: unknown) => void };
}

/** Drives the outbox machine: the one place where ops live until they are settled. [B1] */
export class Outbox {
  readonly #client: OutboxClient;
  readonly #journal: OutboxJournal;
  readonly #handles = new Map<string, OperationHandle>();
  #state: OutboxState = EMPTY_OUTBOX;

  constructor(client: OutboxClient, journal: OutboxJournal = MEMORY_JOURNAL) {
    this.#client = client;
    this.#journal = journal;
  }

  /** Every op that is not settled, or not in its room's log yet, in send order. */
  get entries(): readonly OutboxEntry[] {
    return this.#state.entries;
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

  /**
   * Gives an op up that is here; its handle tells whether that was in time, or with what it failed
   * before. [O11]
   */
  discard(entry: OutboxEntry): OperationHandle {
    const { id, progress } = entry;
    const known = this.#handles.get(id);
    const handle = known ?? new OperationHandle(id, this.#client.platform.report);
    if (progress.status === "acked" || progress.status === "failed") handle.$status.set(progress);
    else this.#handles.set(id, handle);
    this.handle({ t: "discard", id });
    return handle;
  }

  /** One input of the machine. Throws what the machine refuses; then nothing has changed. */
  handle(input: OutboxInput): void {
    const { entries } = this.#state;
    const { state, effects } = stepOutbox(this.#state, input, this.#client.platform.clock.now());
    this.#state = state;
    if (state.entries !== entries) {
      const rooms = new Set([...entries, ...state.entries].map((entry) => entry.room));
      for (const room of rooms) this.#client.changed(room);
    }
    // What a log that has caught up did not reach is not in it any more, wherever it was. [L8]
    const held = input.t === "caught-up" ? [] : entries;
    for (const effect of effects) this.#perform(effect, held);
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

  /** `held` are the entries from before the step that may have a place in the log. */
  #perform(effect: OutboxEffect, held: readonly OutboxEntry[]): void {
    switch (effect.type) {
      case "refused":
        throw effect.error;
      case "keep":
        this.#keep(effect);
        return;
      case "forget":
        this.#journal.remove(effect.ids, placesOf(held));
        return;
      case "transmit":
        this.#client.transmit(effect.frames, effect.isAlone ? "alone" : "shared");
        return;
      case "settled":
        this.#settle(effect);
        return;
    }
  }

  #keep({ entries }: Extract<OutboxEffect, { type: "keep" }>): void {
    const { turns } = this.#client;
    this.#journal.put(entries, () => {
      turns.run(() => {
        this.handle({ t: "kept", ids: entries.map((entry) => entry.id) });
      });
    });
  }

  #settle({ entry, outcome }: Extract<OutboxEffect, { type: "settled" }>): void {
    const { room, id, op, fence } = entry;
    const handle = this.#handles.get(id);
    this.#handles.delete(id);
    if (outcome.status === "acked") this.#journal.acked(id, outcome.seq);
    this.#client.turns.afterwards(() => handle?.$status.set(outcome));
    const isNews = outcome.status === "failed" && fence !== "cancelled";
    if (isNews) this.#client.emit("op-failed", { room, id, op, error: outcome.error });
  }
}

/** Where the log holds those that were acked. */
function placesOf(entries: readonly OutboxEntry[]): ReadonlyMap<string, number> {
  return new Map(
    entries.flatMap(({ id, progress }) =>
      progress.status === "acked" ? [[id, progress.seq] as const] : [],
    ),
  );
}
