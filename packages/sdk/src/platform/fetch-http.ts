import type { HttpAnswer, HttpRequest } from "./http.js";

/** A request without an answer after this long counts as a network failure. */
const REQUEST_LIMIT_MS = 15_000;

/** HTTP by `fetch`, which browsers, workers and Node all have. Never rejects; sends no cookies. */
export async function fetchJson({ method, url, token, body }: HttpRequest): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    });
    return { status: response.status, body: await response.json().catch(() => undefined) };
  } catch (cause) {
    return { status: 0, cause };
  }
}
