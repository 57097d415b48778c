import { guestRequestSchema } from "@confab/sdk/protocol";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { GuestTokens } from "../../auth/guest-tokens.js";
import { readName } from "../../auth/user-name.js";
import type { RateLimiter } from "../../platform/rate-limiter.js";
import type { Log } from "../../telemetry/log.js";
import { addressOf } from "../address-of.js";
import { bearerToken } from "../authenticate.js";
import type { HttpEnv } from "../http-env.js";
import { HttpError } from "../http-error.js";

/** What letting guests in needs. */
export interface GuestParts {
  /** Absent when guests are off: then the route looks as if it did not exist. */
  readonly tokens: GuestTokens | undefined;
  /** Absent when rate limits are off. */
  readonly limiter: RateLimiter | undefined;
  readonly log: Log;
}

const REQUEST_MAX_BYTES = 4_096;

/** `POST /auth/guest`: makes a guest, or renews the one whose token is sent along. */
export function guestRoutes({ tokens, limiter, log }: GuestParts): Hono<HttpEnv> {
  const limitBody = bodyLimit({
    maxSize: REQUEST_MAX_BYTES,
    onError: () => {
      throw new HttpError("too_large");
    },
  });
  const routes = new Hono<HttpEnv>();
  routes.post("/auth/guest", limitBody, async (context) => {
    if (tokens === undefined) throw new HttpError("not_found");
    const retryAfterMs = limiter?.take(addressOf(context)) ?? 0;
    if (retryAfterMs > 0) {
      log.write("info", "guest-limited");
      throw new HttpError("rate_limited", { retryAfterMs });
    }
    const name = await readRequestedName(context);
    const token = bearerToken(context);
    const answer = await (token === undefined ? tokens.issue(name) : tokens.renew(name, token));
    if (answer === undefined) throw new HttpError("unauthenticated");
    return context.json(answer);
  });
  return routes;
}

async function readRequestedName(context: Context<HttpEnv>): Promise<string> {
  const isJson = /^application\/json\s*(;|$)/i.test(context.req.header("content-type") ?? "");
  if (!isJson) throw new HttpError("invalid", { field: "content-type" });
  const body: unknown = await context.req.json().catch(() => undefined);
  const parsed = guestRequestSchema.safeParse(normalise(body));
  const name = parsed.success ? readName(parsed.data.name) : undefined;
  if (name === undefined) throw new HttpError("invalid", { field: "name" });
  return name;
}

/** Spaces around a name are not the person's fault, so they do not count against its length. */
function normalise(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("name" in body)) return body;
  return typeof body.name === "string" ? { name: body.name.trim() } : body;
}
