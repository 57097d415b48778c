import { codeBy, errorFromCode, type ChatError } from "./errors.js";
import type { HttpAnswer } from "./platform/http.js";

/**
 * The error of an HTTP answer that is not the one hoped for. `operation` completes "unable to …".
 */
export function errorFromAnswer({ status, body, cause }: HttpAnswer, operation: string): ChatError {
  if (status === 0) return errorFromCode("network", operation, { cause });
  const { code, retryAfterMs } = errorOf(body);
  const known = typeof code === "string" ? code : codeBy("httpStatus", status);
  return errorFromCode(known ?? "internal", operation, {
    details: { status },
    ...(typeof retryAfterMs === "number" && { retryAfterMs }),
  });
}

/** What a server of ours says about a failure; what stands between may say anything. */
function errorOf(body: unknown): { readonly code?: unknown; readonly retryAfterMs?: unknown } {
  return (body as { readonly error?: object | null } | null | undefined)?.error ?? {};
}
