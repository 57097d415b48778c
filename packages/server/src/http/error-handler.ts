import type { ErrorHandler } from "hono";
import type { Log } from "../telemetry/log.js";
import type { HttpEnv } from "./http-env.js";
import { HttpError } from "./http-error.js";

const MS_PER_SECOND = 1000;

/**
 * Turns whatever a handler throws into an answer of the error table. What it does not know is
 * logged and told as `internal`.
 */
export function createErrorHandler(log: Log): ErrorHandler<HttpEnv> {
  return (thrown, context) => {
    const error = thrown instanceof HttpError ? thrown : new HttpError("internal");
    if (error !== thrown) log.write("error", "request-failed", { problem: thrown });
    // The rest of the body is never read, and must not be taken for the next request.
    if (error.code === "too_large") context.header("Connection", "close");
    const { retryAfterMs } = error.details;
    if (retryAfterMs !== undefined) {
      context.header("Retry-After", String(Math.ceil(retryAfterMs / MS_PER_SECOND)));
    }
    return context.json(error.body, error.status);
  };
}
