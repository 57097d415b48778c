import { historyQuerySchema, type HistoryQuery } from "@confab/sdk/protocol";
import type { Context } from "hono";
import type { HttpEnv } from "./http-env.js";
import { HttpError } from "./http-error.js";
import { queryOf } from "./query-of.js";

/** Which page is asked for. [L10] @throws HttpError `invalid` with the field that is wrong. */
export function readPageQuery(context: Context<HttpEnv>): HistoryQuery {
  const query = historyQuerySchema.safeParse(queryOf(context));
  if (query.success) return query.data;
  const [field] = query.error.issues[0]?.path ?? [];
  throw new HttpError("invalid", typeof field === "string" ? { field } : {});
}
