import type { Principal } from "./principal.js";

/** What a token proved, or why it proved nothing. `expiresAt` is in Unix milliseconds. */
export type Authentication =
  | { readonly ok: true; readonly principal: Principal; readonly expiresAt: number }
  | { readonly ok: false; readonly reason: "expired" | "invalid" };

/**
 * Turns a token into a person. Answers by callback, exactly once, so that the core needs no
 * promise.
 */
export interface Authenticator {
  authenticate(token: string, done: (authentication: Authentication) => void): void;
}
