import type { DownFrame } from "@confab/sdk/protocol";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createChatServer, type ChatServer } from "./chat-server.js";
import { readConfig } from "./config.js";
import { SILENT_LOG } from "./telemetry/log.js";
import { becomeGuest, enterAsGuest } from "./testing/enter-as-guest.js";
import { testOpId } from "./testing/op-ids.js";
import type { TestClient } from "./testing/test-client.js";
import { message } from "./testing/test-gateway.js";
import { makeTemporaryDirectory } from "./testing/temporary-directory.js";

const running: ChatServer[] = [];
const clients: TestClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  for (const server of running.splice(0)) await server.stop();
});

async function start() {
  const config = readConfig({
    PORT: "0",
    CONFAB_GUESTS: "on",
    CONFAB_ROOMS: "lobby,room-*",
    CONFAB_DATA: makeTemporaryDirectory(),
  });
  const server = await createChatServer({ config, log: SILENT_LOG });
  running.push(server);
  return { server, url: await server.start() };
}

/** Somebody without a socket. */
async function enterByHttp(url: string, name: string) {
  const { token, user } = await becomeGuest(url, name);
  const headers = { authorization: `Bearer ${token}` };
  return {
    user,
    headers,
    post: (...frames: readonly object[]) =>
      fetch(`${url}/v1/ops`, { method: "POST", headers, body: JSON.stringify(frames) }),
    sync: (rooms: object, wait = 0, signal?: AbortSignal) => {
      const query = new URLSearchParams({ rooms: JSON.stringify(rooms), wait: String(wait) });
      const options = signal === undefined ? { headers } : { headers, signal };
      return fetch(`${url}/v1/sync?${query.toString()}`, options);
    },
  };
}

async function enterBySocket(url: string, name: string): Promise<TestClient> {
  const client = await enterAsGuest(url, name, { lobby: { ref: 1 } });
  clients.push(client);
  await client.next("synced");
  return client;
}

async function framesOf(response: Response): Promise<DownFrame[]> {
  expect(response.status).toBe(200);
  return (await response.json()) as DownFrame[];
}

/** Asks until the answer has this status: hanging up and getting through take their time. */
async function untilStatus(ask: () => Promise<Response>, status: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const response = await ask();
      await response.body?.cancel();
      expect(response.status).toBe(status);
    },
    { timeout: 20_000, interval: 50 },
  );
}

function cursorOf(frames: readonly DownFrame[]) {
  const reset = frames.find((frame) => frame.t === "reset");
  const synced = frames.find((frame) => frame.t === "synced");
  return { epoch: reset?.epoch, seq: synced?.head, chain: synced?.chain };
}

async function errorOf(response: Response) {
  const { error } = (await response.json()) as { error: { code: string; field?: string } };
  return { status: response.status, ...error };
}

describe("the protocol without a socket", () => {
  it("two people talk, one of them without a socket, and both hear the same", async () => {
    const { url } = await start();
    const ann = await enterByHttp(url, "Ann");
    const ben = await enterBySocket(url, "Ben");
    const id = testOpId();
    const posted = await framesOf(await ann.post(message(id, "hello"), message(id, "hello")));
    expect(posted).toMatchObject([
      { t: "ack", id, seq: 1 },
      { t: "ack", id, seq: 1 },
    ]);
    expect(await ben.next("ev")).toMatchObject({ id, author: { name: "Ann", kind: "guest" } });
    let frames = await framesOf(await ann.sync({ lobby: { ref: 1 } }));
    const reply = testOpId();
    ben.send(message(reply, "hi"));
    const { epoch } = cursorOf(frames);
    for (let ref = 2; ref < 10 && !frames.some(({ t }) => t === "ev"); ref += 1) {
      const cur = { ...cursorOf(frames), epoch };
      frames = await framesOf(await ann.sync({ lobby: { ref, cur } }, 25));
    }
    const events = ben.frames.filter((frame) => frame.t === "ev");
    expect(frames.filter((frame) => frame.t === "ev")).toEqual(events.slice(1));
    expect(events[1]).toMatchObject({ id: reply, seq: 2 });
  });

  it("somebody who hangs up while waiting frees their place among the connections", async () => {
    const { url } = await start();
    const ann = await enterByHttp(url, "Ann");
    const first = await framesOf(await ann.sync({ lobby: { ref: 1 } }));
    const rooms = { lobby: { ref: 2, cur: cursorOf(first) } };
    const hangUps = Array.from({ length: 200 }, () => new AbortController());
    const waiting = hangUps.map(({ signal }) => ann.sync(rooms, 25, signal));
    await untilStatus(() => ann.sync(rooms), 429);
    for (const hangUp of hangUps) hangUp.abort();
    await Promise.allSettled(waiting);
    await untilStatus(() => ann.sync(rooms), 200);
  });

  it("[V6] a server that stops answers who waits, and says when to come back", async () => {
    const { url, server } = await start();
    const ann = await enterByHttp(url, "Ann");
    const first = await framesOf(await ann.sync({ lobby: { ref: 1 } }));
    const waiting = ann.sync({ lobby: { ref: 2, cur: cursorOf(first) } }, 25);
    const ben = await enterBySocket(url, "Ben");
    await ben.next("presence");
    running.splice(running.indexOf(server), 1);
    const [response] = await Promise.all([waiting, server.stop()]);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await errorOf(response)).toMatchObject({ status: 503, code: "going_away" });
  });

  it("[H2] tells what is wrong with a request", async () => {
    const { url } = await start();
    const ann = await enterByHttp(url, "Ann");
    const post = (body: string, headers: Record<string, string> = ann.headers) =>
      fetch(`${url}/v1/ops`, { method: "POST", headers, body });
    const get = (query: string) => fetch(`${url}/v1/sync${query}`, { headers: ann.headers });
    const good = JSON.stringify([message(testOpId(), "hello")]);
    const cases: readonly [Promise<Response>, object][] = [
      [post(good, {}), { status: 401, code: "unauthenticated" }],
      [post(good, { authorization: "Bearer nonsense" }), { status: 401, code: "unauthenticated" }],
      [post("[]", { authorization: "Bearer nonsense" }), { status: 401, code: "unauthenticated" }],
      [post("[]"), { status: 400, code: "invalid" }],
      [post(`["${"x".repeat(65_536)}"]`), { status: 413, code: "too_large" }],
      [get(""), { status: 400, code: "invalid", field: "rooms" }],
      [get("?rooms=nope"), { status: 400, code: "invalid", field: "rooms" }],
      [get("?rooms={}&wait=26"), { status: 400, code: "invalid", field: "wait" }],
      [fetch(`${url}/v1/sync?rooms={}`), { status: 401, code: "unauthenticated" }],
    ];
    for (const [request, expected] of cases) {
      expect(await errorOf(await request)).toMatchObject(expected);
    }
  });

  it("two hundred rooms with their cursors fit into one address", async () => {
    const { url } = await start();
    const ann = await enterByHttp(url, "Ann");
    const cur = { epoch: "0".repeat(16), seq: 1_000_000, chain: "0".repeat(16) };
    const rooms = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`room-${String(index)}`, { ref: index + 1, cur }]),
    );
    const frames = await framesOf(await ann.sync(rooms));
    expect(frames.filter(({ t }) => t === "synced")).toHaveLength(200);
  });
});
