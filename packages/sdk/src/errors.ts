import {
  ERROR_CODES,
  isErrorCode,
  type ErrorCode,
  type RetryClass,
} from "./protocol/error-codes.js";

interface ChatErrorOptions {
  /** Milliseconds after which trying again makes sense. */
  readonly retryAfterMs?: number;
  /** Ids and numbers that belong to the error; the message itself carries none. */
  readonly details?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

/**
 * Something a program or a person must act on. States (offline, pending, catching up) are values in
 * stores and never errors. Recognise it with `isChatError`, which also works when two copies of the
 * package meet on one page.
 */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly code: ErrorCode;
  readonly retry: RetryClass;
  readonly retryAfterMs?: number;
  readonly details?: Readonly<Record<string, string | number>>;

  /** `message` reads `unable to <operation>; <reason>`. */
  constructor(code: ErrorCode, message: string, options: ChatErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retry = ERROR_CODES[code].retry;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.details !== undefined) this.details = options.details;
  }
}

/** True for a `ChatError` of any copy of this package. */
export function isChatError(error: unknown): error is ChatError {
  if (!(error instanceof Error) || error.name !== "ChatError") return false;
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && isErrorCode(code);
}

/**
 * An error for a code that came over the wire: one this version does not know becomes `internal`.
 */
export function errorFromCode(code: string, operation: string): ChatError {
  const known = isErrorCode(code) ? code : "internal";
  const sentence = ERROR_CODES[known].sentence.replace(/\.$/, "");
  return new ChatError(known, `unable to ${operation}; ${lowerFirst(sentence)}`, {
    details: { code },
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
