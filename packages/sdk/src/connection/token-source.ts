import { errorFromCode, isChatError, type ChatError } from "../errors.js";
import type { Clock } from "../platform/clock.js";
import type { Turns } from "../turns.js";

/**
 * Why the application is asked for a token: the first time, because the old one runs out, or
 * because it was refused.
 */
export type TokenReason = "initial" | "expiring" | "refused";

/** Gives a connect token, at once or later. */
export type TokenProvider = (reason: TokenReason) => Promise<string> | string;

/** What came of asking for a token; with `isFinal`, asking again is of no use. */
export type TokenOutcome =
  { readonly token: string } | { readonly error: ChatError; readonly isFinal: boolean };

/** The application's promise is given this long. [V4] */
const PROVIDER_LIMIT_MS = 10_000;
/** A token this close to its end is replaced before it is used, unless its whole life is short. */
const EXPIRY_MARGIN_MS = 30_000;

/**
 * Keeps the token in memory and asks the application for one when there is none to use: one
 * question at a time, with a limit; a late answer to a question that was given up is dropped. [V4]
 */
export class TokenSource {
  readonly #provider: TokenProvider;
  readonly #clock: Clock;
  readonly #turns: Turns;
  #token: string | undefined;
  #reason: TokenReason = "initial";
  #givenAt = 0;
  /** From here on it is not used any more. */
  #staleAt = 0;
  #waiting: ((outcome: TokenOutcome) => void)[] = [];
  #giveUp: () => void = () => undefined;

  constructor(provider: TokenProvider, clock: Clock, turns: Turns) {
    this.#provider = provider;
    this.#clock = clock;
    this.#turns = turns;
  }

  /** Hands over a usable token or the reason why there is none: within this turn or in a later. */
  request(done: (outcome: TokenOutcome) => void): void {
    if (this.#clock.monotonic() >= this.#staleAt) this.#token = undefined;
    if (this.#token !== undefined) {
      done({ token: this.#token });
      return;
    }
    this.#waiting.push(done);
    if (this.#waiting.length === 1) this.#ask();
  }

  /** The same, unless all there is is the token that is in use and about to expire. */
  renew(used: string, done: (outcome: TokenOutcome) => void): void {
    if (this.#token === used) this.refused("expiring");
    this.request(done);
  }

  /** The server told when the token expires, in monotonic milliseconds. */
  expiresAt(time: number): void {
    this.#staleAt = Math.max(time - EXPIRY_MARGIN_MS, (this.#givenAt + time) / 2);
  }

  /** The server refused the token: it is not used again. */
  refused(reason: "expiring" | "refused"): void {
    this.#token = undefined;
    this.#reason = reason;
  }

  /** Nobody waits any more; an answer on its way is dropped. */
  close(): void {
    this.#giveUp();
    this.#waiting = [];
  }

  #ask(): void {
    let isOpen = true;
    const settle = (outcome: TokenOutcome): void => {
      this.#turns.run(() => {
        if (!isOpen) return;
        this.#giveUp();
        this.#settle(outcome);
      });
    };
    const fail = (cause?: unknown): void => {
      settle(failure(cause));
    };
    const stopLimit = this.#clock.after(PROVIDER_LIMIT_MS, fail);
    this.#giveUp = () => {
      isOpen = false;
      stopLimit();
    };
    const take = (token: unknown): void => {
      if (typeof token === "string" && token !== "") settle({ token });
      else fail();
    };
    this.#turns.afterwards(() => {
      try {
        const answer = this.#provider(this.#reason);
        if (answer instanceof Object) answer.then(take, fail);
        else take(answer);
      } catch (cause) {
        fail(cause);
      }
    });
  }

  #settle(outcome: TokenOutcome): void {
    if ("token" in outcome) {
      this.#token = outcome.token;
      this.#givenAt = this.#clock.monotonic();
      this.#staleAt = Infinity;
      this.#reason = "expiring";
    }
    for (const done of this.#waiting.splice(0)) done(outcome);
  }
}

/** A `ChatError` that says "never" is the application's last word; anything else may pass. */
function failure(cause: unknown): TokenOutcome {
  if (isChatError(cause) && cause.retry === "never") return { error: cause, isFinal: true };
  return { error: errorFromCode("token_provider", "get a token", { cause }), isFinal: false };
}
