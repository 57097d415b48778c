import type { Capability } from "@confab/sdk/protocol";
import type { ZodType } from "zod";
import type { Change } from "../storage/write.js";
import { fingerprint } from "./fingerprint.js";
import type { OperationContext, OperationHandler, OperationRefusal } from "./operation.js";

/** What differs between the kinds of ops that change something. */
export interface OperationParts<Op> {
  readonly schema: ZodType<Op>;
  /** One of these is needed. */
  readonly anyOf: readonly Capability[];
  /**
   * Everything the op asks for besides its kind, in an order that never changes: ops sent before an
   * upgrade are repeated after it. [O4]
   */
  readonly asked: (op: Op) => readonly unknown[];
  /** Judges the content; the sender may do this. */
  readonly judge: (op: Op, context: OperationContext) => Change | OperationRefusal;
}

/** Makes the handler of a kind: fields first, then permission, then content. */
export function defineOperation<Op extends { readonly k: string }>(
  parts: OperationParts<Op>,
): OperationHandler {
  return (context, op) => {
    const parsed = parts.schema.safeParse(op);
    if (!parsed.success) return { type: "refuse", code: "invalid" };
    const asked = { fingerprint: fingerprint(parsed.data.k, parts.asked(parsed.data)) };
    if (!parts.anyOf.some((it) => context.capabilities.includes(it))) {
      return { type: "refuse", code: "forbidden", ...asked };
    }
    const judged = parts.judge(parsed.data, context);
    if ("code" in judged) return { type: "refuse", ...judged, ...asked };
    return { type: "append", change: judged, ...asked };
  };
}
