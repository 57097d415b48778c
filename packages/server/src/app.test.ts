import { guestAnswerSchema, historyPageSchema } from "@confab/sdk/protocol";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createApp, type AppParts } from "./app.js";
import { AllowedOrigins } from "./auth/allowed-origins.js";
import { GuestTokens } from "./auth/guest-tokens.js";
import { createJwtAuthenticator } from "./auth/jwt-authenticator.js";
import { ConnectionCaps } from "./gateway/connection-caps.js";
import { systemRandom } from "./platform/random.js";
import { RateLimiter } from "./platform/rate-limiter.js";
import { SILENT_LOG } from "./telemetry/log.js";
import { TestGateway } from "./testing/test-gateway.js";
import { makeTemporaryDirectory } from "./testing/temporary-directory.js";

function createTestApp(change: Partial<AppParts> = {}) {
  const gateway = new TestGateway();
  const guest = new GuestTokens("ab".repeat(32), gateway.clock, systemRandom);
  const authenticator = createJwtAuthenticator({ guest });
  const limiter = new RateLimiter({ burst: 20, intervalMs: 6_000 }, gateway.clock);
  const { polling, rooms, sync } = gateway.core;
  const state = { isDraining: false, isBroken: false };
  const app = createApp({
    history: { authenticator, rooms, sync },
    withoutSocket: { polling, caps: new ConnectionCaps({ total: 100, perAddress: 100 }) },
    guests: { tokens: guest, limiter, log: SILENT_LOG },
    health: {
      version: "1.2.3",
      isDraining: () => state.isDraining,
      checkStorage: (done) =>
        done(state.isBroken ? { ok: false, cause: "disk" } : { ok: true, value: undefined }),
    },
    origins: new AllowedOrigins(["https://www.example.com"]),
    publicDirectory: undefined,
    log: SILENT_LOG,
    ...change,
  });
  const enter = (body: unknown, headers: Record<string, string> = {}) =>
    app.request("/v1/auth/guest", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const bearer = async () => {
    const { token } = guestAnswerSchema.parse(await (await enter({ name: "Ann" })).json());
    return { authorization: `Bearer ${token}` };
  };
  return { gateway, app, state, enter, bearer };
}

async function errorOf(response: Response) {
  const { error } = (await response.json()) as { error: { code: string; field?: string } };
  return { status: response.status, code: error.code, ...(error.field && { field: error.field }) };
}

describe("the name of the server", () => {
  it("is the public one, once that is told: a page cannot point another at it", async () => {
    const origins = new AllowedOrigins([], "https://chat.example.com");
    const { enter } = createTestApp({ origins });
    const foreign = await enter({ name: "Ann" }, { host: "evil.example" });
    expect(await errorOf(foreign)).toEqual({ status: 404, code: "not_found" });
    for (const host of ["chat.example.com", "localhost:8787", "127.0.0.1:8787"]) {
      expect((await enter({ name: "Ann" }, { host })).status).toBe(200);
    }
  });
});

describe("POST /v1/auth/guest", () => {
  it("makes a guest, and keeps the guest whose token is sent along", async () => {
    const { enter } = createTestApp();
    const first = guestAnswerSchema.parse(await (await enter({ name: "  Ann " })).json());
    expect(first.user).toMatchObject({ name: "Ann", kind: "guest" });
    const headers = { authorization: `Bearer ${first.token}` };
    const second = guestAnswerSchema.parse(await (await enter({ name: "Anna" }, headers)).json());
    expect(second.user).toEqual({ ...first.user, name: "Anna" });
  });

  it("refuses a token that is not one of ours, instead of making somebody else", async () => {
    const { enter } = createTestApp();
    const response = await enter({ name: "Ann" }, { authorization: "Bearer not.a.token" });
    expect(await errorOf(response)).toEqual({ status: 401, code: "unauthenticated" });
  });

  it.each([
    ["no name", {}],
    ["an empty name", { name: "  " }],
    ["a name that is no text", { name: 5 }],
    ["a name with a control character", { name: "a\u0000" }],
    ["a name that is too long", { name: "x".repeat(65) }],
    ["a body that is no JSON", "{"],
    ["a body that is null", "null"],
  ])("refuses %s", async (_case, body) => {
    const { enter } = createTestApp();
    const error = await errorOf(await enter(body));
    expect(error).toEqual({ status: 400, code: "invalid", field: "name" });
  });

  it("refuses other content types, which a page could send without asking", async () => {
    const { enter } = createTestApp();
    const response = await enter({ name: "Ann" }, { "content-type": "text/plain" });
    expect(await errorOf(response)).toMatchObject({ status: 400, field: "content-type" });
  });

  it("refuses a body that is too large", async () => {
    const { enter } = createTestApp();
    const response = await enter({ name: "x".repeat(10_000) });
    expect(response.headers.get("connection")).toBe("close");
    expect(await errorOf(response)).toEqual({ status: 413, code: "too_large" });
  });

  it("lets twenty in at once from one address, then says when to come back", async () => {
    const { enter, gateway } = createTestApp();
    for (let count = 0; count < 20; count += 1) {
      expect((await enter({ name: "Ann" })).status).toBe(200);
    }
    const refused = await enter({ name: "Ann" });
    expect(refused.headers.get("retry-after")).toBe("6");
    const body = (await refused.json()) as { error: { retryAfterMs: number } };
    expect(body.error).toMatchObject({ code: "rate_limited", retryAfterMs: 6_000 });
    gateway.clock.advance(6_000);
    expect((await enter({ name: "Ann" })).status).toBe(200);
  });

  it("does not exist while guests are off", async () => {
    const guests = { tokens: undefined, limiter: undefined, log: SILENT_LOG };
    const { enter } = createTestApp({ guests });
    expect(await errorOf(await enter({ name: "Ann" }))).toEqual({ status: 404, code: "not_found" });
  });
});

describe("GET /v1/rooms/:room/messages", () => {
  it("[L10] gives the newest page, older ones, and says which log they are of", async () => {
    const { app, gateway, bearer } = createTestApp();
    gateway.fill(60);
    const headers = await bearer();
    const read = async (query: string) => {
      const response = await app.request(`/v1/rooms/lobby/messages${query}`, { headers });
      return historyPageSchema.parse(await response.json());
    };
    const newest = await read("");
    expect(newest.messages.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 11),
    );
    expect(newest).toMatchObject({ asOf: 60, hasMore: true });
    const older = await read("?before=11&limit=4");
    expect(older.messages.map(({ seq }) => seq)).toEqual([7, 8, 9, 10]);
  });

  it.each([
    ["?limit=0", "limit"],
    ["?limit=101", "limit"],
    ["?limit=-1", "limit"],
    ["?limit=x", "limit"],
    ["?limit=5&limit=6", "limit"],
    ["?limit=1e1", "limit"],
    ["?limit=0x10", "limit"],
    ["?limit=%205", "limit"],
    ["?limit=", "limit"],
    ["?before=5.0", "before"],
    ["?after=99999999999999999999", "after"],
    ["?before=0", "before"],
    ["?before=1e999", "before"],
    ["?after=-1", "after"],
    ["?around=1.5", "around"],
    ["?before=1&after=1", undefined],
  ])("refuses %s and names the field", async (query, field) => {
    const { app, bearer } = createTestApp();
    const headers = await bearer();
    const response = await app.request(`/v1/rooms/lobby/messages${query}`, { headers });
    const expected = { status: 400, code: "invalid", ...(field && { field }) };
    expect(await errorOf(response)).toEqual(expected);
  });

  it("asks who it is", async () => {
    const { app, bearer, gateway } = createTestApp();
    const read = async (headers: Record<string, string>) =>
      errorOf(await app.request("/v1/rooms/lobby/messages", { headers }));
    const unknown = { status: 401, code: "unauthenticated" };
    expect(await read({})).toEqual(unknown);
    expect(await read({ authorization: "Bearer nonsense" })).toEqual(unknown);
    expect(await read({ authorization: "Basic YTpi" })).toEqual(unknown);
    const headers = await bearer();
    gateway.clock.advance(4_000_000);
    expect(await read(headers)).toEqual({ status: 401, code: "token_expired" });
  });

  it("answers a missing room like one that may not be seen", async () => {
    const { app, bearer, gateway } = createTestApp();
    gateway.disk.query(
      "INSERT INTO rooms (id, kind, name, epoch, head, count, min_seq, chain, last_at, " +
        "created_at) SELECT 'secret', 'private', 'Secret', epoch, 0, 0, 1, chain, 0, 0 " +
        "FROM rooms WHERE id = 'lobby' RETURNING id",
    );
    const headers = await bearer();
    const read = async (room: string) => {
      const path = `/v1/rooms/${room}/messages?limit=999`;
      return (await app.request(path, { headers })).text();
    };
    const missing = await read("missing");
    const secret = await read("secret");
    const broken = await read("%2e%2e");
    expect(missing).toContain("not_found");
    expect(secret).toBe(missing);
    expect(broken).toBe(missing);
  });
});

describe("headers", () => {
  it("lets pages of listed origins read the API, no others, never with cookies", async () => {
    const { app } = createTestApp();
    const ask = (origin: string) =>
      app.request("/v1/auth/guest", { method: "OPTIONS", headers: { origin } });
    const listed = await ask("https://www.example.com");
    expect(listed.status).toBe(204);
    expect(listed.headers.get("access-control-allow-origin")).toBe("https://www.example.com");
    expect(listed.headers.get("access-control-allow-headers")).toContain("Authorization");
    expect(listed.headers.get("access-control-allow-credentials")).toBeNull();
    const other = await ask("https://www.example.com.evil.test");
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("are strict on every answer of the API, errors included", async () => {
    const { app } = createTestApp();
    const { headers } = await app.request("/v1/rooms/lobby/messages");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("health", () => {
  it("is live while it answers, ready while it can work, and says what it is", async () => {
    const { app, state } = createTestApp();
    const status = async (path: string) => (await app.request(path)).status;
    expect([await status("/livez"), await status("/readyz")]).toEqual([200, 200]);
    state.isBroken = true;
    expect([await status("/livez"), await status("/readyz")]).toEqual([200, 503]);
    state.isBroken = false;
    state.isDraining = true;
    expect(await status("/readyz")).toBe(503);
    const version = await (await app.request("/version")).json();
    expect(version).toEqual({ version: "1.2.3", protocol: 1 });
  });
});

describe("public files", () => {
  function createPages() {
    const publicDirectory = makeTemporaryDirectory();
    const put = (name: string, text: string) => {
      writeFileSync(join(publicDirectory, name), text);
    };
    mkdirSync(join(publicDirectory, "assets"));
    put("index.html", "<!doctype html><title>Chat</title>");
    put("chat.js", "export {};");
    put("assets/demo.css", "body {}");
    put(".env", "SECRET=1");
    put("notes.sqlite", "x");
    return { ...createTestApp({ publicDirectory }), put };
  }

  it("are the page with a policy that lets only our own script run", async () => {
    const { app } = createPages();
    const page = await app.request("/");
    expect(await page.text()).toContain("<title>Chat</title>");
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = page.headers.get("content-security-policy") ?? "";
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types lit-html",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain("unsafe");
    expect((await app.request("/assets/demo.css")).status).toBe(200);
  });

  it("are the script that any site may load, asked for anew only when it has changed", async () => {
    const { app, put } = createPages();
    const script = await app.request("/chat.js");
    expect(script.headers.get("access-control-allow-origin")).toBe("*");
    expect(script.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(script.headers.get("content-security-policy")).toBeNull();
    const headers = { "if-none-match": script.headers.get("etag") ?? "" };
    expect((await app.request("/chat.js", { headers })).status).toBe(304);
    put("chat.js", "export const changed = true;");
    const changed = await app.request("/chat.js", { headers });
    expect([changed.status, await changed.text()]).toEqual([200, "export const changed = true;"]);
  });

  it.each(["chat-http.js", "chat-storage.js"])(
    "are the script's part %s for any site",
    async (name) => {
      const { app, put } = createPages();
      put(name, "export {};");
      const { status, headers } = await app.request(`/${name}`);
      expect([status, headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
      expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    },
  );

  it.each([
    "/.env",
    "/%2eenv",
    "/notes.sqlite",
    "/../package.json",
    "/assets/../.env",
    "/..%2fpackage.json",
    "/assets/",
    "/assets",
    "//chat.js",
    "/chat.js/",
    "/nothing.html",
    "/%ff.html",
  ])("are not %s", async (path) => {
    const { app } = createPages();
    const response = await app.request(`http://localhost${path}`);
    expect(await errorOf(response)).toEqual({ status: 404, code: "not_found" });
  });
});
