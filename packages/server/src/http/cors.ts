import type { MiddlewareHandler } from "hono";
import type { AllowedOrigins } from "../auth/allowed-origins.js";
import type { HttpEnv } from "./http-env.js";

const PREFLIGHT_MAX_AGE_SECONDS = 600;

/**
 * Lets pages of listed origins read answers. Never with credentials: identity travels in the token
 * alone.
 */
export function allowOrigins(origins: AllowedOrigins): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const origin = context.req.header("origin");
    context.header("Vary", "Origin");
    if (origin !== undefined && origins.lists(origin)) {
      context.header("Access-Control-Allow-Origin", origin);
      context.header("Access-Control-Expose-Headers", "Retry-After");
    }
    if (context.req.method !== "OPTIONS") return next();
    context.header("Access-Control-Allow-Methods", "GET, POST");
    context.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
    context.header("Access-Control-Max-Age", String(PREFLIGHT_MAX_AGE_SECONDS));
    return context.body(null, 204);
  };
}
