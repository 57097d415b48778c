import { SignJWT, type JWTPayload } from "jose";
import { describe, expect, it } from "vitest";
import { systemRandom } from "../platform/random.js";
import { TestClock } from "../testing/test-clock.js";
import type { Authentication } from "./authenticator.js";
import { GuestTokens } from "./guest-tokens.js";
import { HostTokens } from "./host-tokens.js";
import { createJwtAuthenticator } from "./jwt-authenticator.js";

const SECRET = "a secret of at least thirty-two bytes";
const DAY_SECONDS = 86_400;

function createAuthenticator(issuer?: string) {
  const clock = new TestClock();
  const rules = { secret: SECRET, audience: "confab", ...(issuer && { issuer }) };
  const guest = new GuestTokens("ab".repeat(32), clock, systemRandom);
  const host = new HostTokens(rules, clock);
  const authenticator = createJwtAuthenticator({ host, guest });
  const now = () => Math.floor(clock.now() / 1000);
  const judge = (token: string) =>
    new Promise<Authentication>((resolve) => {
      authenticator.authenticate(token, resolve);
    });
  return { clock, guest, judge, now };
}

function sign(claims: JWTPayload, secret = SECRET, alg = "HS256"): Promise<string> {
  const key = new TextEncoder().encode(secret);
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
}

const EXPIRED = { ok: false, reason: "expired" };
const INVALID = { ok: false, reason: "invalid" };

describe("host tokens", () => {
  it("make the user they name", async () => {
    const { judge, now } = createAuthenticator();
    const claims = { sub: "u-1", aud: "confab", iat: now(), exp: now() + 600 };
    const profile = { name: " Ann ", avatar: "https://example.com/ann.png" };
    expect(await judge(await sign({ ...claims, ...profile }))).toEqual({
      ok: true,
      principal: { id: "u-1", name: "Ann", kind: "user", avatar: profile.avatar },
      expiresAt: (now() + 600) * 1000,
    });
    const bot = await judge(await sign({ ...claims, role: "bot" }));
    expect(bot).toMatchObject({ principal: { name: "u-1", kind: "bot" } });
  });

  it.each<[string, JWTPayload]>([
    ["no sub", { sub: undefined as never }],
    ["an empty sub", { sub: "" }],
    ["a sub with a space", { sub: "a b" }],
    ["a sub that is too long", { sub: "x".repeat(129) }],
    ["a sub that is no text", { sub: { id: 1 } as never }],
    ["the prefix of guests", { sub: "guest:x" }],
    ["the prefix of accounts", { sub: "account:x" }],
    ["the prefix of the system", { sub: "system:x" }],
    ["no exp", { exp: undefined as never }],
    ["an exp that is no number", { exp: "soon" as never }],
    ["no aud", { aud: undefined as never }],
    ["another aud", { aud: "other" }],
    ["a name that is no text", { name: 5 }],
    ["a role that does not exist", { role: "emperor" }],
    ["the issuer of guests", { iss: "confab:guest" }],
  ])("with %s are invalid", async (_case, change) => {
    const { judge, now } = createAuthenticator();
    const claims = { sub: "u-1", aud: "confab", iat: now(), exp: now() + 600 };
    expect((await judge(await sign(claims))).ok).toBe(true);
    expect(await judge(await sign({ ...claims, ...change }))).toEqual(INVALID);
  });

  it("are valid for a day at most, and not before they were made", async () => {
    const { judge, now } = createAuthenticator();
    const token = (iat: number, exp: number) => sign({ sub: "u-1", aud: "confab", iat, exp });
    expect((await judge(await token(now(), now() + DAY_SECONDS))).ok).toBe(true);
    expect(await judge(await token(now(), now() + DAY_SECONDS + 60))).toEqual(INVALID);
    expect(await judge(await token(now() + 60, now() + 120))).toEqual(INVALID);
    const undated = { sub: "u-1", aud: "confab", exp: now() + 10 * DAY_SECONDS };
    expect(await judge(await sign(undated))).toEqual(INVALID);
  });

  it("expire, with thirty seconds for a clock that is off", async () => {
    const { judge, now, clock } = createAuthenticator();
    const token = await sign({ sub: "u-1", aud: "confab", iat: now(), exp: now() + 60 });
    clock.advance(80_000);
    expect((await judge(token)).ok).toBe(true);
    clock.advance(15_000);
    expect(await judge(token)).toEqual(EXPIRED);
  });

  it("must come from the configured issuer, if there is one", async () => {
    const { judge, now } = createAuthenticator("https://example.com");
    const claims = { sub: "u-1", aud: "confab", iat: now(), exp: now() + 60 };
    expect(await judge(await sign(claims))).toEqual(INVALID);
    expect((await judge(await sign({ ...claims, iss: "https://example.com" }))).ok).toBe(true);
  });

  it("are refused when signed with another secret or another algorithm", async () => {
    const { judge, now } = createAuthenticator();
    const claims = { sub: "u-1", aud: "confab", iat: now(), exp: now() + 60 };
    expect(await judge(await sign(claims, "another secret of enough bytes!!"))).toEqual(INVALID);
    expect(await judge(await sign(claims, SECRET.repeat(2), "HS512"))).toEqual(INVALID);
    const [, body] = (await sign(claims)).split(".");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    expect(await judge(`${none}.${body ?? ""}.`)).toEqual(INVALID);
  });

  it("that are no tokens at all are invalid", async () => {
    const { judge, now } = createAuthenticator();
    const claims = { sub: "u-1", aud: "confab", iat: now(), exp: now() + 60 };
    const huge = await sign({ ...claims, padding: "x".repeat(4_096) });
    for (const text of ["", "x", "a.b.c", "....", huge]) expect(await judge(text)).toEqual(INVALID);
  });

  it("never carry a picture that is not at an https address", async () => {
    const { judge, now } = createAuthenticator();
    const claims = { sub: "u-1", aud: "confab", iat: now(), exp: now() + 60 };
    for (const avatar of ["javascript:alert(1)", "http://x.test/", "https://u:p@x.test/", "x"]) {
      const judged = await judge(await sign({ ...claims, avatar }));
      expect(judged).toMatchObject({ ok: true, principal: { id: "u-1" } });
      expect(JSON.stringify(judged)).not.toContain("avatar");
    }
  });
});

describe("guest tokens", () => {
  it("make a guest for an hour", async () => {
    const { guest, judge, clock } = createAuthenticator();
    const { token, user, expiresAt } = await guest.issue("Ann");
    expect(user).toMatchObject({ name: "Ann", kind: "guest" });
    expect(user.id).toMatch(/^guest:[0-9a-f-]{36}$/);
    expect(await judge(token)).toEqual({ ok: true, principal: user, expiresAt });
    expect(expiresAt - clock.now()).toBe(3_600_000);
    clock.advance(3_600_000 + 31_000);
    expect(await judge(token)).toEqual(EXPIRED);
  });

  it("are renewed for the same guest within thirty days, under any name", async () => {
    const { guest, clock } = createAuthenticator();
    const first = await guest.issue("Ann");
    clock.advance(29 * DAY_SECONDS * 1000);
    const second = await guest.renew("Anna", first.token);
    expect(second?.user).toEqual({ ...first.user, name: "Anna" });
    clock.advance(31 * DAY_SECONDS * 1000);
    expect(await guest.renew("Ann", second?.token ?? "")).toBeUndefined();
  });

  it("of another server or of a host renew nothing", async () => {
    const { guest, clock, now } = createAuthenticator();
    const other = new GuestTokens("cd".repeat(32), clock, systemRandom);
    const foreign = await other.issue("Eve");
    const host = await sign({ sub: "u-1", aud: "confab", iat: now(), exp: now() + 60 });
    for (const token of [foreign.token, host, "nonsense"]) {
      expect(await guest.renew("Eve", token)).toBeUndefined();
    }
  });

  it("are invalid while guests are off, as host tokens are without a host", async () => {
    const { guest } = createAuthenticator();
    const { token } = await guest.issue("Ann");
    const closed = createJwtAuthenticator({});
    for (const text of [token, "a.b.c"]) {
      const judged = await new Promise((resolve) => {
        closed.authenticate(text, resolve);
      });
      expect(judged).toEqual(INVALID);
    }
  });
});
