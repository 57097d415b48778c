import { errorFromAnswer } from "./answer-error.js";
import type { TokenSource } from "./connection/token-source.js";
import type { ChatError } from "./errors.js";
import type { HttpClient } from "./platform/http.js";
import { readHistoryPage } from "./protocol/down-guard.js";
import type { HistoryPage } from "./protocol/history.js";
import { LIMITS } from "./protocol/limits.js";

/** What came of asking for a page. */
export type PageOutcome = { readonly page: HistoryPage } | { readonly error: ChatError };

/** Asks for the page of a room that ends before a seq; answers once, later or at once. [L10] */
export type FetchPage = (
  room: string,
  before: number,
  done: (outcome: PageOutcome) => void,
) => void;

const OPERATION = "load older messages";

/** History over HTTP with the token of the connection; a token refused there is replaced once. */
export function historyClient(baseUrl: string, http: HttpClient, tokens: TokenSource): FetchPage {
  const attempt = (
    url: string,
    attemptsLeft: number,
    done: (outcome: PageOutcome) => void,
  ): void => {
    tokens.request((outcome) => {
      if ("error" in outcome) {
        done({ error: outcome.error });
        return;
      }
      http({ method: "GET", url, token: outcome.token }, (answer) => {
        const page = answer.status === 200 ? readHistoryPage(answer.body) : undefined;
        if (page !== undefined) done({ page });
        else if (answer.status === 401 && attemptsLeft > 0) {
          tokens.refused("refused");
          attempt(url, attemptsLeft - 1, done);
        } else done({ error: errorFromAnswer(answer, OPERATION) });
      });
    });
  };
  return (room, before, done) => {
    const query = `before=${String(before)}&limit=${String(LIMITS.pageMessages)}`;
    attempt(`${baseUrl}/v1/rooms/${encodeURIComponent(room)}/messages?${query}`, 1, done);
  };
}
