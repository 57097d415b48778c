import type { HttpAnswer, HttpClient, HttpRequest } from "./http.js";

/** A request without an answer after this long counts as a network failure. */
const REQUEST_LIMIT_MS = 15_000;

/** HTTP by `fetch`, which browsers, workers and Node all have. Sends no cookies. */
export const fetchHttp: HttpClient = (request, done) => {
  const abort = new AbortController();
  let isOver = false;
  const end = (): void => {
    isOver = true;
    clearTimeout(limit);
  };
  const limit = setTimeout(() => {
    abort.abort();
  }, request.limitMs ?? REQUEST_LIMIT_MS);
  void answerOf(request, abort.signal).then((answer) => {
    if (isOver) return;
    end();
    done(answer);
  });
  return () => {
    end();
    abort.abort();
  };
};

async function answerOf(
  { method, url, token, body }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "omit",
      signal,
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  } catch (cause) {
    return { status: 0, cause };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
