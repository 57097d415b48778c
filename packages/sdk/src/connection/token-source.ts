import { ChatError, isChatError } from "../errors.js";
import type { Clock } from "../platform/clock.js";

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
/** A token this close to its end is replaced before it is used. */
const EXPIRY_MARGIN_MS = 30_000;

/**
 * Keeps the token in memory and asks the application for one when there is none to use: one
 * question at a time, with a limit, and a late answer to a question that was given up is dropped.
 * [V4]
 */
export class TokenSource {
  readonly #provider: TokenProvider;
  readonly #clock: Clock;
  #token: string | undefined;
  #reason: TokenReason = "initial";
  #expiresAt = Number.POSITIVE_INFINITY;
  #generation = 0;
  #waiting: ((outcome: TokenOutcome) => void)[] = [];
  #cancelLimit: () => void = () => undefined;

  constructor(provider: TokenProvider, clock: Clock) {
    this.#provider = provider;
    this.#clock = clock;
  }

  /** Hands over a usable token or the reason why there is none, at once or later. */
  request(done: (outcome: TokenOutcome) => void): void {
    const token = this.#usable();
    if (token !== undefined) {
      done({ token });
      return;
    }
    this.#waiting.push(done);
    if (this.#waiting.length === 1) this.#ask();
  }

  /** The server told when the token expires, in monotonic milliseconds. */
  expiresAt(time: number): void {
    this.#expiresAt = time;
  }

  /** The server refused the token: it is not used again. */
  refused(reason: "expiring" | "refused"): void {
    this.#token = undefined;
    this.#reason = reason;
  }

  /** Forgets everything; answers on their way are dropped. */
  close(): void {
    this.#generation += 1;
    this.#cancelLimit();
    this.#token = undefined;
    this.#waiting = [];
  }

  #usable(): string | undefined {
    const isOld = this.#clock.monotonic() >= this.#expiresAt - EXPIRY_MARGIN_MS;
    if (this.#token !== undefined && isOld) this.refused("expiring");
    return this.#token;
  }

  #ask(): void {
    this.#generation += 1;
    const generation = this.#generation;
    const settle = (outcome: TokenOutcome): void => {
      if (generation === this.#generation) this.#settle(outcome);
    };
    this.#cancelLimit = this.#clock.after(PROVIDER_LIMIT_MS, () => {
      settle(failure("unable to get a token; the application took too long"));
    });
    const fail = (cause: unknown): void => {
      settle(failure("unable to get a token; the application could not provide one", cause));
    };
    const succeed = (token: unknown): void => {
      const isToken = typeof token === "string" && token !== "";
      settle(isToken ? { token } : failure("unable to get a token; the application gave none"));
    };
    try {
      const answer = this.#provider(this.#reason);
      if (isPromise(answer)) answer.then(succeed, fail);
      else succeed(answer);
    } catch (cause) {
      fail(cause);
    }
  }

  #settle(outcome: TokenOutcome): void {
    this.#generation += 1;
    this.#cancelLimit();
    if ("token" in outcome) {
      this.#token = outcome.token;
      this.#expiresAt = Number.POSITIVE_INFINITY;
      this.#reason = "expiring";
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done(outcome);
  }
}

/** A `ChatError` that says "never" is the application's last word; anything else may pass. */
function failure(message: string, cause?: unknown): TokenOutcome {
  if (isChatError(cause) && cause.retry === "never") return { error: cause, isFinal: true };
  const options = cause === undefined ? {} : { cause };
  return { error: new ChatError("token_provider", message, options), isFinal: false };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>> | undefined)?.then === "function";
}
