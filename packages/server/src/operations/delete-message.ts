import { delOpSchema, LIMITS, type DelOp } from "@confab/sdk/protocol";
import { defineOperation } from "./define-operation.js";
import { refuseText } from "./refuse-text.js";

/** A reason is bounded by its code points; this many bytes they have at most. */
const REASON_LIMITS = {
  bodyMaxCodePoints: LIMITS.reasonMaxCodePoints,
  bodyMaxBytes: 4 * LIMITS.reasonMaxCodePoints,
};

/** `del`: takes a message back: an own one, or any with that permission. [O10] */
export const deleteMessage = defineOperation<DelOp>({
  schema: delOpSchema,
  anyOf: ["msg.delete.own", "msg.delete.any"],
  asked: ({ target, reason }) => [target, reason],
  judge({ target, reason }, { principal, capabilities }) {
    const problem = reason === undefined ? undefined : refuseText(reason, REASON_LIMITS);
    return (
      problem ?? {
        type: "del",
        target,
        ...(reason !== undefined && { reason }),
        ...(!capabilities.includes("msg.delete.any") && { mustBeBy: principal.id }),
      }
    );
  },
});
