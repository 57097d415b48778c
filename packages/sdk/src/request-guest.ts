import { errorFromAnswer } from "./answer-error.js";
import { fetchHttp } from "./platform/fetch-http.js";
import type { HttpAnswer, HttpRequest } from "./platform/http.js";
import { readGuestAnswer } from "./protocol/down-guard.js";
import type { GuestAnswer } from "./protocol/guest.js";
import { serverAddress } from "./server-address.js";

const OPERATION = "become a guest";

/** What a visitor needs to become a guest. */
export interface GuestOptions {
  /** Origin of the server. */
  readonly url: string;
  /** The name others will see. */
  readonly name: string;
  /** A guest token of before, even an expired one: keeps that guest's identity. */
  readonly token?: string;
}

/**
 * Makes the visitor a guest: a connect token, when it expires (Unix milliseconds), and who it makes
 * them. Rejects with a `ChatError`: `forbidden` or `not_found` where guests are not allowed,
 * `invalid` for the name, `rate_limited`.
 */
export async function requestGuest({ url, name, token }: GuestOptions): Promise<GuestAnswer> {
  const request: HttpRequest = {
    method: "POST",
    url: `${serverAddress(url).http}/v1/auth/guest`,
    body: { name },
    ...(token !== undefined && { token }),
  };
  const answer = await new Promise<HttpAnswer>((done) => fetchHttp(request, done));
  const guest = readGuestAnswer(answer.body);
  if (answer.status >= 300 || !guest) throw errorFromAnswer(answer, OPERATION);
  return guest;
}
