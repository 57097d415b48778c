import type { MiddlewareHandler } from "hono";
import type { HttpEnv } from "./http-env.js";

/**
 * What pages we serve may do: run our script and style, talk to this server, and nothing else. [P6
 * of the design]
 */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html",
].join("; ");

/** Headers every answer has. */
export const setCommonHeaders: MiddlewareHandler<HttpEnv> = async (context, next) => {
  await next();
  context.header("X-Content-Type-Options", "nosniff");
  context.header("Referrer-Policy", "no-referrer");
};

/** Answers of the API are for one request of one person. */
export const setApiHeaders: MiddlewareHandler<HttpEnv> = async (context, next) => {
  await next();
  context.header("Cache-Control", "no-store");
  context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
};
