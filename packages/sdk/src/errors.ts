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
  constructor(code: ErrorCode, message: string, { cause, ...rest }: ChatErrorOptions = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retry = ERROR_CODES[code].retry;
    Object.assign(this, rest);
  }
}

/** True for a `ChatError` of any copy of this package. */
export function isChatError(error: unknown): error is ChatError {
  if (!(error instanceof Error) || error.name !== "ChatError") return false;
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && isErrorCode(code);
}

/**
 * The error for a code, with the sentence of the table as its reason. A code from the wire that
 * this version does not know becomes `internal`, with the code in `details`.
 */
export function errorFromCode(
  code: string,
  operation: string,
  options: ChatErrorOptions = {},
): ChatError {
  const known = isErrorCode(code) ? code : "internal";
  const { sentence } = ERROR_CODES[known];
  const reason = sentence.charAt(0).toLowerCase() + sentence.slice(1, -1);
  const details = { code, ...options.details };
  return new ChatError(known, `unable to ${operation}; ${reason}`, { ...options, details });
}

/** The first code of the table with this HTTP status or close code. */
export function codeBy(column: "httpStatus" | "closeCode", value: number): string | undefined {
  const rows: readonly (readonly [string, Readonly<Record<string, unknown>>])[] =
    Object.entries(ERROR_CODES);
  return rows.find(([, row]) => row[column] === value)?.[0];
}
