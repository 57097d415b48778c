import { errorFromAnswer } from "./answer-error.js";
import type { TokenSource } from "./connection/token-source.js";
import type { ChatError } from "./errors.js";
import type { HttpAnswer, HttpClient } from "./platform/http.js";
import type { Turns } from "./turns.js";

/** A page that cannot be brought up to date, or a token that was refused, is asked for anew. */
const ASKS_MAX_COUNT = 3;

/** What history needs of the client. */
export interface HistoryAccess {
  /** Base of the HTTP addresses. */
  readonly baseUrl: string;
  readonly platform: { readonly http: HttpClient };
  readonly tokens: TokenSource;
  readonly turns: Turns;
}

/**
 * What became of a page: it was of use, it has to be asked for anew, or it is ahead of what the
 * room's events have told so far and waits for them.
 */
export type PageFate = "taken" | "useless" | "early";

/** What is asked for, and who takes it. */
export interface PageQuestion<Page> {
  /** Below `/v1/rooms/`, as things are now; nothing when there is nothing to ask for. */
  readonly path: () => string | undefined;
  /** What it is for: completes "unable to …". */
  readonly purpose: string;
  /** What the body says; nothing when it cannot be read. */
  readonly read: (body: unknown) => Page | undefined;
  readonly take: (page: Page) => PageFate;
  readonly changed?: () => void;
}

/** Asks over HTTP, one request at a time: a second call joins the first. */
export class PageLoader<Page> {
  readonly #access: HistoryAccess;
  readonly #question: PageQuestion<Page>;
  #current: Promise<void> | undefined;
  #finish: (error?: ChatError) => void = () => undefined;
  /** Offers a page again that was early. */
  #early: (() => void) | undefined;
  status: "idle" | "loading" | "failed" = "idle";
  /** Why it failed. */
  error: ChatError | undefined;

  constructor(access: HistoryAccess, question: PageQuestion<Page>) {
    this.#access = access;
    this.#question = question;
  }

  /** Resolves when the answer was taken; rejects with a `ChatError`. */
  load(): Promise<void> {
    if (this.#current) return this.#current;
    const current = new Promise<void>((resolve, reject) => {
      this.#finish = (error) => {
        if (error) reject(error);
        else resolve();
      };
    });
    this.#current = current;
    this.#access.turns.run(() => {
      this.#ask(ASKS_MAX_COUNT);
    });
    return current;
  }

  /** More is known of the room: a page that was early may be of use now. */
  look(): void {
    const early = this.#early;
    this.#early = undefined;
    early?.();
  }

  /**
   * The line ended that would have brought the events. The next one may bring another past, of a
   * server that was put back: a page that waits is asked for anew.
   */
  forget(): void {
    if (this.#early) this.#ask(ASKS_MAX_COUNT);
  }

  /** Whoever waits is told that nothing will come. */
  close(error: ChatError): void {
    if (this.#current) this.#end(error);
  }

  #ask(asksLeft: number): void {
    const { platform, tokens, turns } = this.#access;
    const path = this.#question.path();
    this.#early = undefined;
    if (path === undefined) {
      this.#end();
      return;
    }
    this.status = "loading";
    this.#question.changed?.();
    tokens.request((outcome) => {
      if ("error" in outcome) {
        this.#end(outcome.error);
        return;
      }
      const url = `${this.#access.baseUrl}/v1/rooms/${path}`;
      platform.http({ method: "GET", url, token: outcome.token }, (answer) => {
        turns.run(() => {
          if (this.#current) this.#take(answer, path, asksLeft - 1);
        });
      });
    });
  }

  #take(answer: HttpAnswer, path: string, asksLeft: number): void {
    const { read, purpose } = this.#question;
    const isRefused = answer.status === 401;
    if (isRefused) this.#access.tokens.refused("refused");
    const page = answer.status === 200 ? read(answer.body) : undefined;
    if (page !== undefined && this.#offer(page, path, asksLeft)) return;
    // A fresh token that is refused as well is no reason for a third. [V4]
    if (isRefused && asksLeft > 1) this.#ask(asksLeft);
    else this.#end(errorFromAnswer(answer, purpose));
  }

  /** Tells whether that is settled. What was asked for may not be what is needed any more. */
  #offer(page: Page, path: string, asksLeft: number): boolean {
    const fate = path === this.#question.path() ? this.#question.take(page) : "useless";
    if (fate === "useless" && asksLeft === 0) return false;
    if (fate === "useless") this.#ask(asksLeft);
    else if (fate === "early") this.#early = () => this.#offer(page, path, ASKS_MAX_COUNT);
    else this.#end();
    return true;
  }

  #end(error?: ChatError): void {
    this.#early = undefined;
    this.status = error ? "failed" : "idle";
    this.error = error;
    this.#current = undefined;
    this.#question.changed?.();
    this.#finish(error);
  }
}

/** The answer to a question that is asked once. Rejects with a `ChatError`. */
export async function answerTo<Answer>(
  access: HistoryAccess,
  path: string,
  purpose: string,
  read: (body: unknown) => Answer | undefined,
): Promise<Answer> {
  let found: Answer | undefined;
  const take = (answer: Answer): PageFate => {
    found = answer;
    return "taken";
  };
  await new PageLoader(access, { path: () => path, purpose, read, take }).load();
  return found as Answer;
}
