import { ChatError, type TokenReason } from "@confab/sdk";

/** Gives a connect token, as `createChat` asks for it. */
export type TokenSource = (reason: TokenReason) => Promise<string>;

/** A token that was written into the page. There is only this one, so it cannot be renewed. */
export function fixedToken(token: string): TokenSource {
  return (reason) =>
    reason === "initial"
      ? Promise.resolve(token)
      : Promise.reject(new ChatError("unauthenticated", "unable to renew the token; it is fixed"));
}

/**
 * Tokens from an address of the page's own server: `POST` with its cookies, answered by JSON
 * `{"token": "…"}` or by the token as plain text.
 */
export function tokenFrom(url: string): TokenSource {
  return async () => {
    const response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json, text/plain" },
    });
    if (!response.ok) throw refusal(response.status);
    const token = tokenIn(await response.text());
    if (token === undefined) throw refusal(response.status);
    return token;
  };
}

function refusal(status: number): ChatError {
  const code = status === 401 || status === 403 ? "unauthenticated" : "token_provider";
  return new ChatError(code, "unable to fetch a token; the address gave none", {
    details: { status },
  });
}

/** A token itself is never JSON: it has dots where JSON has none. */
function tokenIn(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as { token?: unknown } | null;
    return typeof value?.token === "string" ? value.token : undefined;
  } catch {
    const plain = text.trim();
    return plain === "" ? undefined : plain;
  }
}
