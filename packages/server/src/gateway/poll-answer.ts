import { CLOSE_CODES, type DownFrame, type ErrorCode } from "@confab/sdk/protocol";

/** What a request without a socket is answered: frames, or an error of the table. */
export type PollAnswer =
  | { readonly ok: true; readonly frames: readonly DownFrame[] }
  | { readonly ok: false; readonly code: ErrorCode; readonly retryAfterMs?: number };

/** A client that could not be served comes back after this. */
const RETRY_AFTER_MS = 5_000;

/** Close code for "the message is too big", from the WebSocket standard. */
const MESSAGE_TOO_BIG = 1009;

/** The answer to a request whose session closed before it had anything to say. */
export function answerOfClose(closeCode: number): PollAnswer {
  switch (closeCode) {
    case CLOSE_CODES.tokenExpired:
      return { ok: false, code: "token_expired" };
    // Of what broke the protocol only the token was not written by us.
    case CLOSE_CODES.protocol:
    case CLOSE_CODES.unauthenticated:
      return { ok: false, code: "unauthenticated" };
    case CLOSE_CODES.forbidden:
      return { ok: false, code: "forbidden" };
    case CLOSE_CODES.goingAway:
      return { ok: false, code: "going_away", retryAfterMs: RETRY_AFTER_MS };
    case MESSAGE_TOO_BIG:
      return { ok: false, code: "too_large" };
    default:
      return { ok: false, code: "unavailable", retryAfterMs: RETRY_AFTER_MS };
  }
}
