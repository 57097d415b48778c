import { RESERVED_USER_PREFIXES, userIdSchema, type UserKind } from "@confab/sdk/protocol";
import type { JWTPayload } from "jose";
import * as z from "zod";
import type { Clock } from "../platform/clock.js";
import { parseUrl } from "../platform/parse-url.js";
import type { Authentication } from "./authenticator.js";
import { checkToken } from "./token-check.js";
import { cleanName } from "./user-name.js";

/** How the host application's tokens are recognised. */
export interface HostTokenRules {
  readonly secret: string;
  readonly audience: string;
  readonly issuer?: string;
}

/** How far the host's clock may be off. */
const TOLERANCE_SECONDS = 30;

/** A token that lives longer is refused: it could not be taken back. */
const LIFETIME_MAX_SECONDS = 86_400;

const AVATAR_MAX_LENGTH = 512;

const claimsSchema = z.object({
  sub: userIdSchema.refine((id) => !RESERVED_USER_PREFIXES.some((prefix) => id.startsWith(prefix))),
  exp: z.number(),
  iat: z.number().optional(),
  name: z.string().optional(),
  avatar: z.string().optional(),
  role: z.enum(["user", "admin", "bot"]).default("user"),
});

/** Verifies tokens that the host application's backend has signed. */
export class HostTokens {
  readonly #rules: HostTokenRules;
  readonly #secret: Uint8Array;
  readonly #clock: Clock;

  constructor(rules: HostTokenRules, clock: Clock) {
    this.#rules = rules;
    this.#secret = new TextEncoder().encode(rules.secret);
    this.#clock = clock;
  }

  async verify(token: string): Promise<Authentication> {
    const { audience, issuer } = this.#rules;
    const check = await checkToken(token, {
      secret: this.#secret,
      audience,
      nowMs: this.#clock.now(),
      toleranceSeconds: TOLERANCE_SECONDS,
      ...(issuer === undefined ? {} : { issuer }),
    });
    return check.ok ? this.#read(check.claims) : check;
  }

  #read(payload: JWTPayload): Authentication {
    const parsed = claimsSchema.safeParse(payload);
    if (!parsed.success) return { ok: false, reason: "invalid" };
    const { sub: id, exp, iat, role, ...profile } = parsed.data;
    const kind: UserKind = role === "bot" ? "bot" : "user";
    const nowSeconds = this.#clock.now() / 1000;
    const issuedAt = iat ?? nowSeconds;
    const isFromFuture = issuedAt > nowSeconds + TOLERANCE_SECONDS;
    const isTooLong = exp - issuedAt > LIFETIME_MAX_SECONDS + TOLERANCE_SECONDS;
    if (isFromFuture || isTooLong) return { ok: false, reason: "invalid" };
    const name = cleanName(profile.name ?? "") ?? id.slice(0, 64);
    const avatar = readAvatar(profile.avatar);
    const principal = avatar === undefined ? { id, name, kind } : { id, name, kind, avatar };
    return { ok: true, principal, expiresAt: Math.floor(exp * 1000) };
  }
}

/**
 * A picture is decoration: an address that is not safe to show costs the picture and not the entry.
 */
function readAvatar(text: string | undefined): string | undefined {
  if (text === undefined || text.length > AVATAR_MAX_LENGTH) return undefined;
  const url = parseUrl(text);
  return url?.protocol === "https:" && url.username === "" ? text : undefined;
}
