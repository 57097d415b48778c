import { editOpSchema, LIMITS, type EditOp } from "@confab/sdk/protocol";
import { defineOperation } from "./define-operation.js";
import { mentioned } from "./mentioned.js";
import { refuseText } from "./refuse-text.js";

/** `edit`: other words in an own message that is not too old. Nobody edits another's. [O10] */
export const editMessage = defineOperation<EditOp>({
  schema: editOpSchema,
  anyOf: ["msg.edit.own"],
  asked: ({ target, body, mentions }) => [target, body, mentioned(mentions)],
  judge: ({ target, body, mentions }, { principal, now }) =>
    refuseText(body) ?? {
      type: "edit",
      target,
      body,
      mentions: [...new Set(mentions)],
      mustBeBy: principal.id,
      mustBeSince: now - LIMITS.editWindowMs,
    },
});
