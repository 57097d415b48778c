import type { Authenticator } from "../auth/authenticator.js";
import type { Clock } from "../platform/clock.js";
import type { UntimedInput } from "./session-input.js";

/** When the token of a session ends, and the fresh one that may take its place. [V4] */
export class SessionToken {
  readonly #authenticator: Authenticator;
  readonly #clock: Clock;
  #expiresAt = 0;
  #fresh = "";

  constructor({ authenticator, clock }: { authenticator: Authenticator; clock: Clock }) {
    this.#authenticator = authenticator;
    this.#clock = clock;
  }

  /** When the token ends, in Unix milliseconds. */
  get expiresAt(): number {
    return this.#expiresAt;
  }

  /** Takes the end of a token that was verified; tells how long it is good for. */
  accept(expiresAt: number): number {
    this.#expiresAt = expiresAt;
    return expiresAt - this.#clock.now();
  }

  /** Keeps a fresh token in place of an older one. */
  hear(fresh: string): void {
    this.#fresh = fresh;
  }

  /**
   * Verifies the fresh token. Who somebody is was settled by the `hello`: it only gives the same
   * user more time.
   */
  renew(user: string, done: (input: UntimedInput) => void): void {
    const token = this.#fresh;
    this.#fresh = "";
    this.#authenticator.authenticate(token, (authentication) => {
      if (!authentication.ok) return done({ type: "renewal-refused" });
      const { principal, expiresAt } = authentication;
      const isSame = principal.id === user;
      const remainingMs = isSame ? this.accept(expiresAt) : 0;
      done({ type: "renewed", remainingMs, user: isSame ? "same" : "other" });
    });
  }
}
