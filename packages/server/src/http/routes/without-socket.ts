import { LIMITS, syncQuerySchema, type ErrorCode, type SyncQuery } from "@confab/sdk/protocol";
import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { addressOf } from "../address-of.js";
import { bearerToken } from "../authenticate.js";
import type { HttpEnv } from "../http-env.js";
import { HttpError } from "../http-error.js";
import { queryOf } from "../query-of.js";

/** The answer to a request: frames, or an error of the table. */
type Answer =
  | { readonly ok: true; readonly frames: readonly object[] }
  | { readonly ok: false; readonly code: ErrorCode; readonly retryAfterMs?: number };

/** Starts a request; what it gives back cancels it. */
type Ask = (done: (answer: Answer) => void) => () => void;

/** What the protocol without a socket needs. */
export interface WithoutSocketParts {
  readonly polling: {
    post(token: string, body: string, done: (answer: Answer) => void): () => void;
    sync(token: string, query: SyncQuery, done: (answer: Answer) => void): () => void;
  };
  /** Requests count as connections while they last. */
  readonly caps: {
    problem(address: string): "total" | "address" | undefined;
    add(address: string): void;
    remove(address: string): void;
  };
}

/** A client that finds no place comes back after this. */
const RETRY_AFTER_MS = 5_000;

/** `POST /ops` and `GET /sync`: what a socket does, in single requests. */
export function withoutSocketRoutes({ polling, caps }: WithoutSocketParts): Hono<HttpEnv> {
  const limitBody = bodyLimit({
    maxSize: LIMITS.messageMaxBytes,
    onError: () => {
      throw new HttpError("too_large");
    },
  });
  const routes = new Hono<HttpEnv>();
  routes.post("/ops", limitBody, async (context) => {
    const token = requireToken(context);
    const body = await context.req.text();
    return answer(context, caps, (done) => polling.post(token, body, done));
  });
  routes.get("/sync", (context) => {
    const token = requireToken(context);
    const query = syncQuerySchema.safeParse(queryOf(context));
    if (!query.success) {
      const [field] = query.error.issues[0]?.path ?? [];
      throw new HttpError("invalid", typeof field === "string" ? { field } : {});
    }
    return answer(context, caps, (done) => polling.sync(token, query.data, done));
  });
  return routes;
}

function requireToken(context: Context<HttpEnv>): string {
  const token = bearerToken(context);
  if (token === undefined) throw new HttpError("unauthenticated");
  return token;
}

/** Waits for the answer; a client that hangs up ends its request. */
async function answer(
  context: Context<HttpEnv>,
  caps: WithoutSocketParts["caps"],
  ask: Ask,
): Promise<Response> {
  const address = addressOf(context);
  const retryAfterMs = RETRY_AFTER_MS;
  const problem = caps.problem(address);
  if (problem === "address") throw new HttpError("rate_limited", { retryAfterMs });
  if (problem === "total") throw new HttpError("too_many_connections", { retryAfterMs });
  caps.add(address);
  try {
    const given = await new Promise<Answer>((resolve) => {
      const { signal } = context.req.raw;
      const cancel = ask(resolve);
      const hangUp = (): void => {
        cancel();
        resolve({ ok: true, frames: [] });
      };
      if (signal.aborted) hangUp();
      else signal.addEventListener("abort", hangUp);
    });
    if (given.ok) return context.json(given.frames);
    const { code, retryAfterMs: waitMs } = given;
    throw new HttpError(code, waitMs === undefined ? {} : { retryAfterMs: waitMs });
  } finally {
    caps.remove(address);
  }
}
