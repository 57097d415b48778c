import { afterEach, expect, it, vi } from "vitest";
import { fixedToken, tokenFrom } from "./token-sources.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

function answer(body: string, status = 200): ReturnType<typeof vi.fn> {
  const fetching = vi.fn(() => Promise.resolve(new Response(body, { status })));
  vi.stubGlobal("fetch", fetching);
  return fetching;
}

it("fetches a token by POST with the page's cookies, as JSON or as text", async () => {
  const fetching = answer('{"token":"a.b.c"}');
  await expect(tokenFrom("/token")("initial")).resolves.toBe("a.b.c");
  expect(fetching).toHaveBeenCalledWith(
    "/token",
    expect.objectContaining({ method: "POST", credentials: "same-origin" }),
  );
  answer("a.b.c\n");
  await expect(tokenFrom("/token")("initial")).resolves.toBe("a.b.c");
});

it("fails when the address refuses or answers something else", async () => {
  answer("no", 401);
  await expect(tokenFrom("/token")("initial")).rejects.toMatchObject({ code: "unauthenticated" });
  answer("oops", 500);
  await expect(tokenFrom("/token")("initial")).rejects.toMatchObject({ code: "token_provider" });
  answer("{}");
  await expect(tokenFrom("/token")("initial")).rejects.toMatchObject({ code: "token_provider" });
});

it("[V4] cannot renew a fixed token", async () => {
  await expect(fixedToken("a")("initial")).resolves.toBe("a");
  await expect(fixedToken("a")("refused")).rejects.toMatchObject({ code: "unauthenticated" });
});
