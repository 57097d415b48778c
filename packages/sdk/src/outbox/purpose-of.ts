import type { AskedOp } from "./outbox-entry.js";

const VERBS: Record<AskedOp["k"], string> = {
  msg: "send",
  edit: "edit",
  del: "delete",
  react: "react to",
  unreact: "react to",
  pin: "pin",
  unpin: "unpin",
};

/** What an op is for: completes "unable to …". */
export function purposeOf({ k }: Pick<AskedOp, "k">): string {
  return `${VERBS[k]} the message`;
}
