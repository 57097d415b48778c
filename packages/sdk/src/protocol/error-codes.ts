/**
 * What a program should do after an error: give up, try again, reconnect, or fetch a new token
 * first.
 */
export type RetryClass = "never" | "later" | "reconnect" | "refresh-token";

interface ErrorRow {
  readonly retry: RetryClass;
  /**
   * HTTP status when the error answers a request; absent for errors that only exist in a client.
   */
  readonly httpStatus?: number;
  /** Close code when the error ends a connection. */
  readonly closeCode?: number;
  readonly sentence: string;
}

/**
 * The one table of errors: HTTP answers, close codes, nacks and `ChatError` all read it. Of several
 * rows with one HTTP status the first is what the status means when nothing else is said.
 */
export const ERROR_CODES = {
  invalid: { retry: "never", httpStatus: 400, sentence: "The request or its text is not valid." },
  bad_frame: {
    retry: "never",
    httpStatus: 400,
    closeCode: 4503,
    sentence: "A frame is not valid for its type.",
  },
  unauthenticated: {
    retry: "refresh-token",
    httpStatus: 401,
    closeCode: 4500,
    sentence: "The token is missing, wrong or expired.",
  },
  token_expired: {
    retry: "refresh-token",
    httpStatus: 401,
    closeCode: 4200,
    sentence: "The token has expired.",
  },
  forbidden: {
    retry: "never",
    httpStatus: 403,
    closeCode: 4501,
    sentence: "You may not do this here.",
  },
  not_found: {
    retry: "never",
    httpStatus: 404,
    sentence: "There is no such thing, or you may not see it.",
  },
  conflict: {
    retry: "never",
    httpStatus: 409,
    sentence: "The id is already used for something else.",
  },
  too_large: { retry: "never", httpStatus: 413, sentence: "The message is too long." },
  room_closed: { retry: "never", httpStatus: 403, sentence: "The room takes no messages." },
  target_gone: { retry: "never", httpStatus: 409, sentence: "The message this refers to is gone." },
  edit_window: {
    retry: "never",
    httpStatus: 409,
    sentence: "The time to edit this message is over.",
  },
  rate_limited: {
    retry: "later",
    httpStatus: 429,
    sentence: "There are too many requests.",
  },
  slow_mode: { retry: "later", httpStatus: 429, sentence: "The room is in slow mode." },
  muted: { retry: "never", httpStatus: 403, sentence: "You are muted here." },
  moderated: {
    retry: "never",
    httpStatus: 403,
    sentence: "The message was refused by moderation.",
  },
  cancelled: {
    retry: "never",
    httpStatus: 409,
    sentence: "It was cancelled before it was stored.",
  },
  expired: {
    retry: "later",
    sentence: "It could not be sent for too long and was taken back.",
  },
  version: {
    retry: "never",
    httpStatus: 400,
    closeCode: 4502,
    sentence: "The protocol version is not supported.",
  },
  unavailable: {
    retry: "later",
    httpStatus: 503,
    closeCode: 4003,
    sentence: "The server cannot store messages now.",
  },
  replaced: {
    retry: "never",
    closeCode: 4504,
    sentence: "Another client has taken this one's place.",
  },
  too_many_connections: {
    retry: "later",
    httpStatus: 503,
    closeCode: 4505,
    sentence: "There are too many connections.",
  },
  disabled: {
    retry: "never",
    httpStatus: 403,
    closeCode: 4506,
    sentence: "The account is disabled or banned.",
  },
  going_away: {
    retry: "reconnect",
    httpStatus: 503,
    closeCode: 4300,
    sentence: "The server is about to restart.",
  },
  internal: { retry: "later", httpStatus: 500, sentence: "The server made a mistake." },
  outbox_full: { retry: "later", sentence: "Too many messages are waiting to be sent." },
  token_provider: { retry: "later", sentence: "The application provided no token." },
  network: { retry: "reconnect", sentence: "The server could not be reached." },
  closed: { retry: "never", sentence: "The client was closed." },
} as const satisfies Record<string, ErrorRow>;

/** A code of the error table. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** True for a code this version knows; a newer server may send others. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
