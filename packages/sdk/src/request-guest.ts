import { errorFromAnswer } from "./answer-error.js";
import { ChatError } from "./errors.js";
import { FETCH_HTTP } from "./platform/fetch-http.js";
import type { HttpAnswer, HttpRequest } from "./platform/http.js";
import { readGuestAnswer } from "./protocol/down-guard.js";
import type { GuestAnswer } from "./protocol/guest.js";
import { serverAddress } from "./server-address.js";

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
  const trimmed = typeof name === "string" ? name.normalize("NFC").trim() : "";
  if (trimmed === "") {
    throw new ChatError("invalid", "unable to become a guest; the name is empty");
  }
  const answer = await exchange({
    method: "POST",
    url: `${serverAddress(url).http}/v1/auth/guest`,
    body: { name: trimmed },
    ...(token === undefined ? {} : { token }),
  });
  const isSuccess = answer.status >= 200 && answer.status < 300;
  const guest = isSuccess ? readGuestAnswer(answer.body) : undefined;
  if (guest === undefined) throw errorFromAnswer(answer, "become a guest");
  return guest;
}

function exchange(request: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    FETCH_HTTP(request, resolve);
  });
}
