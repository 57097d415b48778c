import { ChatError, errorFromCode } from "./errors.js";
import { isErrorCode } from "./protocol/error-codes.js";
import type { HttpAnswer } from "./platform/http.js";

/** Statuses whose meaning is clear without a body, for what stands between us and the server. */
const STATUS_CODES: Readonly<Record<number, string>> = {
  400: "invalid",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  413: "too_large",
  429: "rate_limited",
  502: "unavailable",
  503: "unavailable",
  504: "unavailable",
};

/**
 * The error of an HTTP answer that is not the one hoped for. `operation` completes "unable to …".
 */
export function errorFromAnswer(answer: HttpAnswer, operation: string): ChatError {
  const { status, body, cause } = answer;
  if (status === 0) {
    const reason = "the server could not be reached";
    return new ChatError("network", `unable to ${operation}; ${reason}`, { cause });
  }
  const { code, retryAfterMs } = errorOf(body);
  const isKnown = typeof code === "string" && isErrorCode(code);
  const error = errorFromCode(isKnown ? code : (STATUS_CODES[status] ?? "internal"), operation);
  if (typeof retryAfterMs !== "number") return error;
  return new ChatError(error.code, error.message, { retryAfterMs, details: { status } });
}

function errorOf(body: unknown): { readonly code?: unknown; readonly retryAfterMs?: unknown } {
  const error = (body as { error?: unknown } | null | undefined)?.error;
  return typeof error === "object" && error !== null ? error : {};
}
