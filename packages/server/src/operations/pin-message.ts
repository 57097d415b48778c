import { pinOpSchema, type PinOp } from "@confab/sdk/protocol";
import { defineOperation } from "./define-operation.js";

/** `pin` and `unpin`: puts a message among the pinned ones, or takes it from there. */
export const pinMessage = defineOperation<PinOp>({
  schema: pinOpSchema,
  anyOf: ["msg.pin"],
  asked: ({ target }) => [target],
  judge: ({ k, target }) => ({ type: k, target }),
});
