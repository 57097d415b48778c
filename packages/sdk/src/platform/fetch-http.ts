import type { HttpAnswer, HttpClient, HttpRequest } from "./http.js";

/** A request without an answer after this long counts as a network failure. */
const REQUEST_LIMIT_MS = 15_000;

/** HTTP by `fetch`, which browsers, workers and Node all have. Sends no cookies. */
export const FETCH_HTTP: HttpClient = (request, done) => {
  exchange(request).then(done, (cause: unknown) => {
    done({ status: 0, cause });
  });
};

async function exchange({ method, url, token, body }: HttpRequest): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
  });
  const text = await response.text();
  return { status: response.status, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
