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

/** What is asked for, and who takes it. */
export interface PageQuestion<Page> {
  /** Below `/v1/rooms/`, as things are now; nothing when there is nothing to ask for. */
  readonly path: () => string | undefined;
  /** What it is for: completes "unable to …". */
  readonly purpose: string;
  /** What the body says; nothing when it cannot be read. */
  readonly read: (body: unknown) => Page | undefined;
  /** Tells whether it was of use; if not, it is asked for anew. */
  readonly take: (page: Page) => boolean;
  readonly changed?: () => void;
}

/** Asks over HTTP, one request at a time: a second call joins the first. */
export class PageLoader<Page> {
  readonly #access: HistoryAccess;
  readonly #question: PageQuestion<Page>;
  #current: Promise<void> | undefined;
  #finish: (error?: ChatError) => void = () => undefined;
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

  /** Whoever waits is told that nothing will come. */
  close(error: ChatError): void {
    if (this.#current) this.#end(error);
  }

  #ask(asksLeft: number): void {
    const { platform, tokens, turns } = this.#access;
    const path = this.#question.path();
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

  /** What was asked for may not be what is needed any more. */
  #take(answer: HttpAnswer, path: string, asksLeft: number): void {
    const { path: newest, read, take, purpose } = this.#question;
    const isRefused = answer.status === 401;
    if (isRefused) this.#access.tokens.refused("refused");
    const page = answer.status === 200 ? read(answer.body) : undefined;
    if (page !== undefined && path === newest() && take(page)) this.#end();
    else if ((page !== undefined || isRefused) && asksLeft > 0) this.#ask(asksLeft);
    else this.#end(errorFromAnswer(answer, purpose));
  }

  #end(error?: ChatError): void {
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
  const take = (answer: Answer): boolean => {
    found = answer;
    return true;
  };
  await new PageLoader(access, { path: () => path, purpose, read, take }).load();
  return found as Answer;
}
