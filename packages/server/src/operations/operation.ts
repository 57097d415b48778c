import type { AnyOp, NackCode } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { RoomView } from "../auth/room-view.js";
import type { NewEvent } from "../storage/write.js";

/** Who asks for an op, and what they may do in its room. */
export interface OperationContext {
  readonly principal: Principal;
  readonly view: RoomView;
}

/**
 * What an op comes to: an event to store, or a refusal for ever. Both carry the fingerprint of what
 * was asked, if the op could be understood: an op that is already in the log is acked again even by
 * somebody who may no longer send. [O4]
 */
export type OperationDecision =
  | ({ readonly type: "append" } & OperationEvent)
  | {
      readonly type: "refuse";
      readonly code: NackCode;
      readonly detail?: string;
      readonly fingerprint?: string;
    };

/** The part of an event that the op decides; the rest is the same for all kinds. */
type OperationEvent = Pick<NewEvent, "payload" | "message" | "fingerprint">;

/**
 * Decides about one kind of op: reads its fields, then checks permission, then its content. Pure;
 * it never throws for anything a client can send, and reads nothing of `op` but what it has
 * validated. [O12]
 */
export type OperationHandler = (context: OperationContext, op: AnyOp) => OperationDecision;
