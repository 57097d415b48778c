import type { AnyOp, Capability, NackCode } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { Change } from "../storage/write.js";

/** Who asks for an op, what they may do in its room, and when. */
export interface OperationContext {
  readonly principal: Principal;
  /** Empty where the room is not there for them: then nothing is allowed. */
  readonly capabilities: readonly Capability[];
  /** Unix milliseconds. */
  readonly now: number;
}

/**
 * What an op comes to: a change to store, or a refusal for ever. Both carry the fingerprint of what
 * was asked, if the op could be understood: an op that is already in the log is acked again even by
 * somebody who may no longer send. [O4] A fence is settled by what is stored, and by nothing else.
 */
export type OperationDecision =
  | { readonly type: "append"; readonly change: Change; readonly fingerprint: string }
  | ({ readonly type: "refuse"; readonly fingerprint?: string } & OperationRefusal)
  | { readonly type: "fence" };

/** Why an op is refused. */
export interface OperationRefusal {
  readonly code: NackCode;
  readonly detail?: string;
}

/**
 * Decides about one kind of op: reads its fields, then checks permission, then its content. Pure;
 * it never throws for anything a client can send, and reads nothing of `op` but what it has
 * validated. [O12]
 */
export type OperationHandler = (context: OperationContext, op: AnyOp) => OperationDecision;
