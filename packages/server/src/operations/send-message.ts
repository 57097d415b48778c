import { msgOpSchema, textProblem, type Author } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import { fingerprint } from "./fingerprint.js";
import type { OperationHandler } from "./operation.js";

/** `msg`: says something in a room. Creates the message whose id is the op's. [O1] */
export const sendMessage: OperationHandler = ({ principal, view }, op) => {
  const parsed = msgOpSchema.safeParse(op);
  if (!parsed.success) return { type: "refuse", code: "invalid" };
  const { k, body, format } = parsed.data;
  const asked = { fingerprint: fingerprint(k, [body, format]) };
  if (!view.capabilities.includes("msg.send")) {
    return { type: "refuse", code: "forbidden", ...asked };
  }
  const problem = textProblem(body);
  if (problem === "too_large") return { type: "refuse", code: "too_large", ...asked };
  if (problem !== undefined) return { type: "refuse", code: "invalid", detail: problem, ...asked };
  const author = authorOf(principal);
  const payload = JSON.stringify({ author, body, format });
  const message = { author: JSON.stringify(author), body, format };
  return { type: "append", payload, message, ...asked };
};

/**
 * Who the sender is now: kept with the message, so that a later change of name rewrites nothing.
 */
function authorOf({ name, avatar, kind }: Principal): Author {
  return avatar === undefined ? { name, kind } : { name, avatar, kind };
}
