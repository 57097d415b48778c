import type { Context } from "hono";
import type { HttpEnv } from "./http-env.js";

/**
 * The query of a request. A name that is given twice has a list, which is no valid value of
 * anything.
 */
export function queryOf(context: Context<HttpEnv>): Record<string, unknown> {
  const queries = Object.entries(context.req.queries());
  return Object.fromEntries(queries.map(([name, all]) => [name, all.length > 1 ? all : all[0]]));
}
