import { LIMITS, msgOpSchema, utf8Length, type Author, type MsgOp } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import { defineOperation } from "./define-operation.js";
import { mentioned } from "./mentioned.js";
import { refuseText } from "./refuse-text.js";

/** `msg`: says something in a room. Creates the message whose id is the op's. [O1] */
export const sendMessage = defineOperation<MsgOp>({
  schema: msgOpSchema,
  anyOf: ["msg.send"],
  asked: ({ body, format, ...op }) => [body, format, ...moreOf(op)],
  judge({ body, format, replyTo, thread, inRoom, mentions, meta }, { principal }) {
    const problem = refuseText(body);
    if (problem !== undefined) return problem;
    const metaText = meta && JSON.stringify(meta);
    if (metaText !== undefined && utf8Length(metaText) > LIMITS.metaMaxBytes) {
      return { code: "too_large", detail: "meta" };
    }
    return {
      type: "msg",
      author: JSON.stringify(authorOf(principal)),
      body,
      format,
      isInRoom: thread === undefined || inRoom === true,
      mentions: [...new Set(mentions)],
      ...(replyTo !== undefined && { replyTo }),
      ...(thread !== undefined && { thread }),
      ...(metaText !== undefined && { meta: metaText }),
    };
  },
});

/**
 * An op with nothing but words has the fingerprint it had before there was anything else; what says
 * nothing counts as absent.
 */
function moreOf({ replyTo, thread, mentions, meta, ...op }: Partial<MsgOp>): readonly unknown[] {
  const inRoom = thread !== undefined && op.inRoom === true ? true : undefined;
  const more = { replyTo, thread, inRoom, mentions: mentioned(mentions), meta };
  return Object.values(more).some((it) => it !== undefined) ? [more] : [];
}

/**
 * Who the sender is now: kept with the message, so that a later change of name rewrites nothing.
 */
function authorOf({ name, avatar, kind }: Principal): Author {
  return avatar === undefined ? { name, kind } : { name, avatar, kind };
}
