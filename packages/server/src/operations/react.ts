import { reactOpSchema, type ReactOp } from "@confab/sdk/protocol";
import { defineOperation } from "./define-operation.js";

/** `react` and `unreact`: adds one's reaction, or takes it away. */
export const react = defineOperation<ReactOp>({
  schema: reactOpSchema,
  anyOf: ["msg.react"],
  asked: ({ target, emoji }) => [target, emoji],
  judge: ({ k, target, emoji }) => ({ type: k, target, emoji }),
});
