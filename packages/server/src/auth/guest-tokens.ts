import type { GuestAnswer } from "@confab/sdk/protocol";
import { SignJWT } from "jose";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import { makeUuid } from "../platform/uuid.js";
import type { Authentication } from "./authenticator.js";
import { checkToken, type TokenRules } from "./token-check.js";

/**
 * Issuer of guest tokens; a host's token that claims it is verified with the wrong secret, and
 * refused.
 */
export const GUEST_ISSUER = "confab:guest";

/** Guest tokens are only ever for this server. */
const GUEST_AUDIENCE = "confab:guest";

const GUEST_ID_PREFIX = "guest:";

const TOKEN_LIFETIME_SECONDS = 3_600;

/**
 * An expired token still says who somebody is for this long, so that a guest who comes back is the
 * same person.
 */
const RENEWAL_SECONDS = 30 * 86_400;

/** Same machine, so clocks differ by nothing; the margin is for a clock that was set back. */
const TOLERANCE_SECONDS = 30;

/** Issues and verifies the tokens of guests. */
export class GuestTokens {
  readonly #secret: Uint8Array;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(secret: string, clock: Clock, random: Random) {
    this.#secret = new TextEncoder().encode(secret);
    this.#clock = clock;
    this.#random = random;
  }

  /** Makes a guest. The name must have been checked. */
  async issue(name: string): Promise<GuestAnswer> {
    return this.#sign(GUEST_ID_PREFIX + makeUuid(this.#clock, this.#random), name);
  }

  /**
   * Gives the guest of an earlier token more time, and perhaps another name. Nothing when that
   * token is not one of ours: its sender believes to be somebody, and must learn that it is not.
   */
  async renew(name: string, earlierToken: string): Promise<GuestAnswer | undefined> {
    const check = await checkToken(earlierToken, this.#rules(RENEWAL_SECONDS));
    return check.ok && check.claims.sub !== undefined
      ? this.#sign(check.claims.sub, name)
      : undefined;
  }

  async verify(token: string): Promise<Authentication> {
    const check = await checkToken(token, this.#rules(TOLERANCE_SECONDS));
    if (!check.ok) return check;
    const { sub = "", name, exp = 0 } = check.claims;
    if (typeof name !== "string") return { ok: false, reason: "invalid" };
    return { ok: true, principal: { id: sub, name, kind: "guest" }, expiresAt: exp * 1000 };
  }

  async #sign(id: string, name: string): Promise<GuestAnswer> {
    const issuedAt = Math.floor(this.#clock.now() / 1000);
    const expiresAt = issuedAt + TOKEN_LIFETIME_SECONDS;
    const token = await new SignJWT({ name })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer(GUEST_ISSUER)
      .setAudience(GUEST_AUDIENCE)
      .setSubject(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.#secret);
    return { token, expiresAt: expiresAt * 1000, user: { id, name, kind: "guest" } };
  }

  #rules(toleranceSeconds: number): TokenRules {
    return {
      secret: this.#secret,
      audience: GUEST_AUDIENCE,
      issuer: GUEST_ISSUER,
      nowMs: this.#clock.now(),
      toleranceSeconds,
    };
  }
}
