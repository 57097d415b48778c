import { ChatError } from "./errors.js";
import type { OutboxDraft } from "./outbox/outbox-entry.js";
import type { StatedLimits } from "./protocol/handshake.js";
import { LIMITS } from "./protocol/limits.js";
import type { Format } from "./protocol/model.js";
import type { MsgOp } from "./protocol/operations.js";
import { textProblem, utf8Length, type TextProblem } from "./protocol/text.js";

/** The limits before a server has stated its own. [H3] */
export const UNSTATED_LIMITS: StatedLimits = {
  bodyMaxCodePoints: LIMITS.bodyMaxCodePoints,
  bodyMaxBytes: LIMITS.bodyMaxBytes,
  messageMaxBytes: LIMITS.messageMaxBytes,
  windowMaxOps: LIMITS.windowMaxOps,
  roomsMaxCount: LIMITS.roomsMaxCount,
};

/** Brackets of the array a frame travels in. [W2] */
const ENVELOPE_BYTES = 2;

const REASONS: Readonly<Record<TextProblem, string>> = {
  empty: "it has no text",
  invalid: "it contains characters that cannot be sent",
  too_large: "it is too long",
};

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
  if (typeof request.body !== "string" || !["text", "md"].includes(format)) {
    throw new ChatError("invalid", "unable to send the message; its text or format is not one");
  }
  const body = request.body.replace(/\r\n?/g, "\n").normalize("NFC").trimEnd();
  const problem = textProblem(body, limits);
  if (problem !== undefined) throw refusal(problem);

  const op: MsgOp = { t: "op", room, id, k: "msg", body, format };
  const frame = JSON.stringify(op);
  const bytes = utf8Length(frame);
  if (bytes + ENVELOPE_BYTES > limits.messageMaxBytes) throw refusal("too_large");
  return { ...request, body, frame, bytes };
}

function refusal(problem: TextProblem): ChatError {
  const code = problem === "too_large" ? "too_large" : "invalid";
  return new ChatError(code, `unable to send the message; ${REASONS[problem]}`);
}
