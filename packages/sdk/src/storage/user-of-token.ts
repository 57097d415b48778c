/**
 * The user a token is of, read without verifying it: the server does that, and until it has, this
 * only decides whose data of this browser is looked at.
 */
export function userOfToken(token: string): string | undefined {
  try {
    const [, claims = ""] = token.split(".");
    const json = atob(claims.replaceAll("-", "+").replaceAll("_", "/"));
    const { sub } = JSON.parse(json) as { readonly sub?: unknown };
    return typeof sub === "string" && sub !== "" ? sub : undefined;
  } catch {
    return undefined;
  }
}
