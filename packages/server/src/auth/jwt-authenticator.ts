import { decodeJwt } from "jose";
import type { Authentication, Authenticator } from "./authenticator.js";
import { GUEST_ISSUER } from "./guest-tokens.js";

/** Something that verifies one kind of token. Its promise never rejects. */
interface TokenVerifier {
  verify(token: string): Promise<Authentication>;
}

/** The kinds of token a server accepts; a missing one is refused. */
export interface TokenVerifiers {
  readonly host?: TokenVerifier;
  readonly guest?: TokenVerifier;
}

/**
 * Authenticates by JWT. Which verifier judges a token is chosen by its issuer, and only the
 * verifier's secret makes it true.
 */
export function createJwtAuthenticator(verifiers: TokenVerifiers): Authenticator {
  return {
    authenticate(token, done) {
      const verifier = issuerOf(token) === GUEST_ISSUER ? verifiers.guest : verifiers.host;
      if (verifier === undefined) done({ ok: false, reason: "invalid" });
      else void verifier.verify(token).then(done);
    },
  };
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
