import type { AnyOp, NackCode } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { RoomView } from "../auth/room-view.js";
import type { Clock } from "../platform/clock.js";
import type { Result } from "../platform/result.js";
import type { RoomAccess } from "../rooms/room-access.js";
import type { AppendOutcome, Storage, StoredEvent } from "../storage/storage.js";
import type { OperationDecision } from "./operation.js";
import { OPERATIONS } from "./registry.js";

/**
 * What the sender is told, and what the room is told if the op added to its log. `unavailable` is
 * no outcome: ask again. [O2]
 */
export type OpOutcome =
  | {
      readonly type: "ack";
      readonly seq: number;
      readonly at: number;
      readonly event?: StoredEvent;
    }
  | { readonly type: "nack"; readonly code: NackCode; readonly detail?: string }
  | { readonly type: "unavailable"; readonly cause: unknown };

/** Hears how an op fares. */
export interface OpListener {
  /**
   * False once the sender's connection has ended: an op that was not queued yet must not be. [O6]
   */
  isWanted(): boolean;
  /**
   * The op has its place in the queue of commits: the next op of the same sender may follow. [O6]
   */
  queued(): void;
  /** Its outcome, after the commit. Called once, after `queued`. [O3] */
  settled(outcome: OpOutcome): void;
}

/**
 * Runs ops: finds the room, asks the handler of the kind, stores what it decides. It sends nothing
 * to anybody.
 */
export class OperationRunner {
  readonly #storage: Storage;
  readonly #rooms: RoomAccess;
  readonly #clock: Clock;

  constructor(parts: { storage: Storage; rooms: RoomAccess; clock: Clock }) {
    this.#storage = parts.storage;
    this.#rooms = parts.rooms;
    this.#clock = parts.clock;
  }

  run(principal: Principal, op: AnyOp, listener: OpListener): void {
    this.#rooms.view(principal, op.room, (found) => {
      if (!listener.isWanted()) decline(listener, { type: "unavailable", cause: undefined });
      else if (!found.ok) decline(listener, { type: "unavailable", cause: found.cause });
      else if (!found.value) decline(listener, { type: "nack", code: "not_found" });
      else this.#store(principal, found.value, op, listener);
    });
  }

  #store(principal: Principal, view: RoomView, op: AnyOp, listener: OpListener): void {
    const decision = decide(principal, view, op);
    const identity = { id: op.id, by: principal.id, at: this.#clock.now() };
    const settle = (result: Result<AppendOutcome>): void => {
      listener.settled(toOutcome(result));
    };
    // A commit never answers within the call, so `queued` comes first.
    if (decision.type === "append") {
      const { payload, message, fingerprint } = decision;
      const event = { ...identity, kind: op.k, payload, fingerprint, ...(message && { message }) };
      this.#storage.append(view, event, settle);
    } else {
      const { code, detail, fingerprint = "" } = decision;
      const refusal = { ...identity, code, fingerprint, ...(detail !== undefined && { detail }) };
      this.#storage.refuse(view, refusal, settle);
    }
    listener.queued();
  }
}

function decide(principal: Principal, view: RoomView, op: AnyOp): OperationDecision {
  const handler = OPERATIONS.get(op.k);
  return handler?.({ principal, view }, op) ?? { type: "refuse", code: "invalid" };
}

/** The outcome comes before the next op starts: behind one that is unavailable, none may. [O6] */
function decline(listener: OpListener, outcome: OpOutcome): void {
  listener.settled(outcome);
  listener.queued();
}

function toOutcome(result: Result<AppendOutcome>): OpOutcome {
  if (!result.ok) return { type: "unavailable", cause: result.cause };
  const outcome = result.value;
  switch (outcome.type) {
    case "appended":
      return { type: "ack", seq: outcome.event.seq, at: outcome.event.at, event: outcome.event };
    case "duplicate":
      return { type: "ack", seq: outcome.seq, at: outcome.at };
    case "refused":
      return { ...outcome, type: "nack" };
  }
}
