import type { Context } from "hono";
import type { Authenticator } from "../auth/authenticator.js";
import type { Principal } from "../auth/principal.js";
import type { HttpEnv } from "./http-env.js";
import { HttpError } from "./http-error.js";

/** The token of `Authorization: Bearer`, if there is one. */
export function bearerToken(context: Context<HttpEnv>): string | undefined {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
}

/** Who the request speaks for. @throws HttpError `unauthenticated` or `token_expired`. */
export async function authenticate(
  context: Context<HttpEnv>,
  authenticator: Authenticator,
): Promise<Principal> {
  const token = bearerToken(context);
  if (token === undefined) throw new HttpError("unauthenticated");
  return new Promise((resolve, reject) => {
    authenticator.authenticate(token, (authentication) => {
      if (authentication.ok) resolve(authentication.principal);
      else {
        const isExpired = authentication.reason === "expired";
        reject(new HttpError(isExpired ? "token_expired" : "unauthenticated"));
      }
    });
  });
}
