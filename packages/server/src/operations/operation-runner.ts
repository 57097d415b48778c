import type { AnyOp, NackCode } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { RoomView } from "../auth/room-view.js";
import type { Clock } from "../platform/clock.js";
import type { Result } from "../platform/result.js";
import type { RoomAccess } from "../rooms/room-access.js";
import type { AppendOutcome, Storage, StoredEvent } from "../storage/storage.js";
import type { OperationContext, OperationDecision } from "./operation.js";
import { OPERATIONS } from "./registry.js";

/**
 * What the sender is told, and what the room is told if the op added to its log. `unavailable`
 * is no outcome: ask again later. [O2]
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
      if (!listener.isWanted()) decline(listener, undefined);
      else if (!found.ok) decline(listener, found.cause);
      else this.#store(principal, found.value, op, listener);
    });
  }

  /** A commit never answers within the call, so `queued` comes first. */
  #store(principal: Principal, view: RoomView | undefined, op: AnyOp, listener: OpListener): void {
    const now = this.#clock.now();
    const decision = decide({ principal, capabilities: view?.capabilities ?? [], now }, op);
    const identity = { id: op.id, by: principal.id, at: now };
    const settle = (result: Result<AppendOutcome>): void => {
      listener.settled(toOutcome(result));
    };
    if (view === undefined) {
      const asked = decision.type === "fence" ? "" : (decision.fingerprint ?? "");
      const refusal = { ...identity, code: "not_found", fingerprint: asked } as const;
      this.#storage.refuseUnseen(op.room, refusal, settle);
    } else if (decision.type === "append") {
      const { change, fingerprint } = decision;
      this.#storage.append(view, { ...identity, change, fingerprint }, settle);
    } else if (decision.type === "fence") {
      this.#storage.fence(view, identity, settle);
    } else {
      const { code, detail, fingerprint = "" } = decision;
      const refusal = { ...identity, code, fingerprint, ...(detail !== undefined && { detail }) };
      this.#storage.refuse(view, refusal, settle);
    }
    listener.queued();
  }
}

function decide(context: OperationContext, op: AnyOp): OperationDecision {
  return OPERATIONS.get(op.k)?.(context, op) ?? { type: "refuse", code: "invalid" };
}

/** Nothing is stored, and this is told before the next op starts: it may not pass. [O6] */
function decline(listener: OpListener, cause: unknown): void {
  listener.settled({ type: "unavailable", cause });
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
