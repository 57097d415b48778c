import type { MiddlewareHandler } from "hono";
import type { AllowedOrigins } from "../auth/allowed-origins.js";
import type { HttpEnv } from "./http-env.js";
import { HttpError } from "./http-error.js";

/**
 * Refuses requests for another host than this one, which a page makes that points its own name at
 * our address. Tests call without a `Host`.
 */
export function expectOwnHost(origins: AllowedOrigins): MiddlewareHandler<HttpEnv> {
  return async (context, next) => {
    const host = context.req.header("host");
    if (host !== undefined && !origins.isOwnHost(host)) throw new HttpError("not_found");
    return next();
  };
}
