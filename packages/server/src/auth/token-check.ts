import { errors, jwtVerify, type JWTPayload } from "jose";
import { dateAt } from "../platform/clock.js";

/** A token's claims, or why there are none. */
export type TokenCheck =
  | { readonly ok: true; readonly claims: JWTPayload }
  | { readonly ok: false; readonly reason: "expired" | "invalid" };

/** What a token must satisfy. */
export interface TokenRules {
  readonly secret: Uint8Array;
  readonly audience: string;
  readonly issuer?: string;
  readonly nowMs: number;
  /** How far the other side's clock may be off. */
  readonly toleranceSeconds: number;
}

/** A longer text is no token of ours, and is not worth reading. */
const TOKEN_MAX_LENGTH = 4_096;

/**
 * Verifies signature, audience, issuer and expiry of an HS256 token. The algorithm is ours to
 * choose and never the token's.
 */
export async function checkToken(token: string, rules: TokenRules): Promise<TokenCheck> {
  if (token.length > TOKEN_MAX_LENGTH) return { ok: false, reason: "invalid" };
  const { secret, audience, issuer, nowMs, toleranceSeconds } = rules;
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ["HS256"],
      audience,
      currentDate: dateAt(nowMs),
      clockTolerance: toleranceSeconds,
      requiredClaims: ["sub", "exp"],
      ...(issuer === undefined ? {} : { issuer }),
    });
    return { ok: true, claims: payload };
  } catch (error) {
    return { ok: false, reason: error instanceof errors.JWTExpired ? "expired" : "invalid" };
  }
}
