import { ERROR_CODES, type ErrorCode } from "@confab/sdk/protocol";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** What an error answer says besides its code. */
export interface HttpErrorDetails {
  readonly retryAfterMs?: number;
  /** The field of the request that is wrong. */
  readonly field?: string;
}

/** Ends a request with an error of the table. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly code: ErrorCode;
  readonly details: HttpErrorDetails;

  constructor(code: ErrorCode, details: HttpErrorDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  get status(): ContentfulStatusCode {
    const row = ERROR_CODES[this.code];
    return "httpStatus" in row ? row.httpStatus : 500;
  }

  /** The body of the answer. */
  get body(): { readonly error: { code: ErrorCode; message: string } & HttpErrorDetails } {
    const message = ERROR_CODES[this.code].sentence;
    return { error: { code: this.code, message, ...this.details } };
  }
}
