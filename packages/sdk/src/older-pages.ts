import { errorFromAnswer } from "./answer-error.js";
import type { TokenSource } from "./connection/token-source.js";
import type { ChatError } from "./errors.js";
import type { HttpAnswer, HttpClient } from "./platform/http.js";
import { readHistoryPage } from "./protocol/down-guard.js";
import type { HistoryPage } from "./protocol/history.js";
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

/** What history needs of its room. */
export interface HistoryWindow {
  /** Oldest seq held, or nothing when there is nothing older to ask for. */
  readonly oldestSeq: () => number | undefined;
  /** Tells whether the page could be put in front of the window. [L10] */
  readonly merge: (page: HistoryPage, before: number) => boolean;
  readonly changed: () => void;
}

/** Loads older pages of one room, one request at a time: a second call joins the first. */
export class OlderPages {
  readonly #url: string;
  readonly #access: HistoryAccess;
  readonly #window: HistoryWindow;
  #current: Promise<void> | undefined;
  #finish: (error?: ChatError) => void = () => undefined;
  status: "idle" | "loading" | "failed" = "idle";

  constructor(room: string, access: HistoryAccess, window: HistoryWindow) {
    this.#url = `${access.baseUrl}/v1/rooms/${room}/messages`;
    this.#access = access;
    this.#window = window;
  }

  /** Resolves when the page is in the window; rejects with a `ChatError`. */
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
    const before = this.#window.oldestSeq();
    if (before === undefined) {
      this.#end();
      return;
    }
    this.status = "loading";
    this.#window.changed();
    tokens.request((outcome) => {
      if ("error" in outcome) {
        this.#end(outcome.error);
        return;
      }
      const url = `${this.#url}?before=${String(before)}`;
      platform.http({ method: "GET", url, token: outcome.token }, (answer) => {
        turns.run(() => {
          if (this.#current) this.#take(answer, before, asksLeft - 1);
        });
      });
    });
  }

  #take(answer: HttpAnswer, before: number, asksLeft: number): void {
    const page = answer.status === 200 ? readHistoryPage(answer.body) : undefined;
    const isRefused = answer.status === 401;
    if (isRefused) this.#access.tokens.refused("refused");
    if (page && this.#window.merge(page, before)) this.#end();
    else if ((page || isRefused) && asksLeft > 0) this.#ask(asksLeft);
    else this.#end(errorFromAnswer(answer, "load older messages"));
  }

  #end(error?: ChatError): void {
    this.status = error ? "failed" : "idle";
    this.#current = undefined;
    this.#window.changed();
    this.#finish(error);
  }
}
