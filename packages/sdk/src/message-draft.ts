import { errorFromCode } from "./errors.js";
import type { OutboxDraft } from "./outbox/outbox-entry.js";
import { SEND } from "./outbox/outbox.machine.js";
import type { StatedLimits } from "./protocol/handshake.js";
import type { Format } from "./protocol/model.js";
import type { MsgOp } from "./protocol/operations.js";
import { textProblem, utf8Length } from "./protocol/text.js";

/** Brackets of the array a frame travels in. [W2] */
const ENVELOPE_BYTES = 2;

/** A message as asked for. */
export interface MessageRequest {
  readonly id: string;
  readonly room: string;
  readonly body: string;
  readonly format: Format;
  /** Unix milliseconds of this machine, and the same by the server's clock. */
  readonly since: number;
  readonly at: number;
}

/**
 * The op of a message: text normalised, checked against the stated limits and encoded once and for
 * all. [O1] [W6] [H3] Throws `invalid` or `too_large`.
 */
export function messageDraft(request: MessageRequest, limits: StatedLimits): OutboxDraft {
  const { id, room, format } = request;
  const isKnown = typeof request.body === "string" && ["text", "md"].includes(format);
  const text = isKnown ? request.body : "";
  const body = text.replace(/\r\n?/g, "\n").normalize("NFC").trimEnd();
  const op: MsgOp = { t: "op", room, id, k: "msg", body, format };
  const frame = JSON.stringify(op);
  const bytes = utf8Length(frame);
  const isTooLarge = bytes + ENVELOPE_BYTES > limits.messageMaxBytes;
  const problem = textProblem(body, limits) ?? (isTooLarge ? "too_large" : undefined);
  if (problem) throw errorFromCode(problem === "too_large" ? problem : "invalid", SEND);
  return { ...request, body, frame, bytes };
}
