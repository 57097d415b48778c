import { ChatError, errorFromCode } from "../errors.js";
import { OperationHandle } from "./operation-handle.js";
import { isUnanswered, type OutboxDraft, type OutboxEntry } from "./outbox-entry.js";
import {
  EMPTY_OUTBOX,
  stepOutbox,
  type OutboxEffect,
  type OutboxInput,
  type OutboxState,
} from "./outbox.machine.js";

/** What the outbox asks of the client around it. */
export interface OutboxPorts {
  /** Hands frames to the socket, in order; `alone` ones in a message of their own. */
  readonly transmit: (frames: readonly string[], company: "shared" | "alone") => void;
  /** What is shown of this room's ops has changed. */
  readonly changed: (room: string) => void;
  /** Runs after the turn. */
  readonly afterwards: (call: () => void) => void;
  readonly report: (error: unknown) => void;
}

/**
 * Drives the outbox machine: the one place where ops live until they are settled. Throws only for
 * arguments. [B1]
 */
export class Outbox {
  readonly #ports: OutboxPorts;
  #state: OutboxState = EMPTY_OUTBOX;
  readonly #handles = new Map<string, OperationHandle>();
  readonly #errors = new WeakMap<OutboxEntry, ChatError>();

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  /** Takes an op. Throws `outbox_full`. [B5] */
  add(draft: OutboxDraft): OperationHandle {
    return this.#take({ type: "add", draft }, draft.id);
  }

  /**
   * Replaces a failed op by a new one. Throws `not_found`, or `invalid` when it has not failed.
   * [B2]
   */
  retry(id: string, draft: OutboxDraft): OperationHandle {
    return this.#take({ type: "retry", id, draft }, draft.id);
  }

  /**
   * Throws `invalid` when the op may already be in the log. Discarding what is not there changes
   * nothing.
   */
  discard(id: string): void {
    const why = this.handle({ type: "discard", id });
    if (why === "under-way") throw refusal(why, "discard the message");
  }

  /** One input of the machine; returns why it was refused, if it was. */
  handle(input: OutboxInput): "full" | "unknown" | "under-way" | undefined {
    const before = this.#state.entries;
    const { state, effects } = stepOutbox(this.#state, input);
    this.#state = state;
    for (const room of changedRooms(before, state.entries)) this.#ports.changed(room);
    let refused: "full" | "unknown" | "under-way" | undefined;
    for (const effect of effects) {
      if (effect.type === "refused") refused = effect.why;
      else this.#perform(effect);
    }
    return refused;
  }

  /** The ops of a room that are not settled, or not in its log yet, in send order. */
  entriesOf(room: string): readonly OutboxEntry[] {
    return this.#state.entries.filter((entry) => entry.room === room);
  }

  /** Why an op failed: the same object each time. */
  errorOf(entry: OutboxEntry): ChatError {
    const code = entry.progress.status === "failed" ? entry.progress.code : "internal";
    const error = this.#errors.get(entry) ?? errorFromCode(code, "send the message");
    this.#errors.set(entry, error);
    return error;
  }

  /** The op with this id, if it is here. */
  find(id: string): OutboxEntry | undefined {
    return this.#state.entries.find((entry) => entry.id === id);
  }

  /** Nothing will be sent any more; whoever waits for an answer is told why. */
  abandon(error: ChatError): void {
    for (const entry of this.#state.entries.filter(isUnanswered)) {
      this.#handles.get(entry.id)?.abandon(error);
    }
  }

  #take(input: OutboxInput, id: string): OperationHandle {
    const handle = new OperationHandle(id, this.#ports.report);
    this.#handles.set(id, handle);
    const why = this.handle(input);
    if (why === undefined) return handle;
    this.#handles.delete(id);
    throw refusal(why, "send the message");
  }

  #perform(effect: Exclude<OutboxEffect, { readonly type: "refused" }>): void {
    if (effect.type === "transmit") {
      this.#ports.transmit(effect.frames, effect.isAlone ? "alone" : "shared");
      return;
    }
    const handle = this.#handles.get(effect.id);
    this.#handles.delete(effect.id);
    if (effect.type === "settled") {
      const { seq, at } = effect;
      this.#ports.afterwards(() => handle?.set({ status: "acked", seq, at }));
      return;
    }
    const entry = this.find(effect.id);
    const error = entry ? this.errorOf(entry) : errorFromCode(effect.code, "send the message");
    this.#ports.afterwards(() => handle?.set({ status: "failed", error }));
  }
}

/** Rooms with an entry that is not in both lists. */
function changedRooms(
  before: readonly OutboxEntry[],
  after: readonly OutboxEntry[],
): ReadonlySet<string> {
  if (before === after) return new Set();
  const old = new Set(before);
  const current = new Set(after);
  const differing = [
    ...before.filter((entry) => !current.has(entry)),
    ...after.filter((entry) => !old.has(entry)),
  ];
  return new Set(differing.map((entry) => entry.room));
}

function refusal(why: "full" | "unknown" | "under-way", operation: string): ChatError {
  if (why === "full") {
    return new ChatError("outbox_full", `unable to ${operation}; too many are waiting to be sent`);
  }
  if (why === "unknown") {
    return new ChatError(
      "not_found",
      `unable to ${operation}; there is no failed one with this id`,
    );
  }
  return new ChatError("invalid", `unable to ${operation}; its outcome is not known yet`);
}
