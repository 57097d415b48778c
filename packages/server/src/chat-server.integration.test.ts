import { EMPTY_CHAIN } from "@confab/sdk/protocol";
import { connect as connectTcp } from "node:net";
import { SignJWT } from "jose";
import { afterEach, describe, expect, it } from "vitest";
import { createChatServer, type ChatServer } from "./chat-server.js";
import { readConfig } from "./config.js";
import { SILENT_LOG } from "./telemetry/log.js";
import { becomeGuest, enterAsGuest } from "./testing/enter-as-guest.js";
import { testOpId } from "./testing/op-ids.js";
import { TestClient } from "./testing/test-client.js";
import { hello, message } from "./testing/test-gateway.js";
import { tryUpgrade } from "./testing/try-upgrade.js";
import { makeTemporaryDirectory } from "./testing/temporary-directory.js";

const running: ChatServer[] = [];
const clients: TestClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  for (const server of running.splice(0)) await server.stop();
});

async function start(environment: Record<string, string> = {}): Promise<string> {
  const config = readConfig({
    PORT: "0",
    CONFAB_GUESTS: "on",
    CONFAB_ROOMS: "lobby,room-*",
    CONFAB_DATA: makeTemporaryDirectory(),
    CONFAB_ALLOWED_ORIGINS: "https://www.example.com",
    ...environment,
  });
  const server = await createChatServer({ config, log: SILENT_LOG });
  running.push(server);
  return server.start();
}

async function enter(url: string, name: string, rooms = {}): Promise<TestClient> {
  const client = await enterAsGuest(url, name, rooms);
  clients.push(client);
  return client;
}

describe("upgrades", () => {
  it("[W1] the subprotocol is confab.v1, and without it there is no connection", async () => {
    const url = await start();
    const client = await TestClient.connect(url);
    clients.push(client);
    expect(client.socket.protocol).toBe("confab.v1");
    expect(client.socket.extensions).toBe("");
    expect(await tryUpgrade(url, { protocol: "other.v1" })).toEqual({ status: 400 });
  });

  it("[H2] strange pages, paths and tokens in the address are refused", async () => {
    const url = await start();
    expect(await tryUpgrade(url, { path: "/v2/ws" })).toEqual({ status: 404 });
    expect(await tryUpgrade(url, { origin: "https://evil.test" })).toEqual({ status: 403 });
    expect(await tryUpgrade(url, { origin: "https://www.example.com" })).toEqual({ status: 101 });
    expect(await tryUpgrade(url, { origin: url })).toEqual({ status: 101 });
    expect(await tryUpgrade(url, { path: "/v1/ws?token=x" })).toEqual({ status: 400 });
  });

  it.each(["h2c", "foo"])("[H2] an upgrade to %s is answered and closed", async (upgrade) => {
    const url = new URL(await start());
    const socket = connectTcp(Number(url.port), "127.0.0.1");
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n\r\n`);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => socket.once("close", resolve));
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe("real sockets", () => {
  it("two people talk, and both hear both in one order", async () => {
    const url = await start();
    const ann = await enter(url, "Ann", { lobby: { ref: 1 } });
    const bob = await enter(url, "Bob", { lobby: { ref: 1 } });
    await Promise.all([ann.next("synced"), bob.next("synced")]);
    ann.send(message(testOpId(), "hello"));
    await bob.next("ev");
    bob.send(message(testOpId(), "hi"));
    for (const client of [ann, bob]) await client.next("ev", ({ seq }) => seq === 2);
    const events = (client: TestClient) => client.frames.filter(({ t }) => t === "ev");
    expect(events(ann)).toEqual(events(bob));
    expect(events(ann)).toMatchObject([
      { seq: 1, body: "hello", author: { name: "Ann", kind: "guest" } },
      { seq: 2, body: "hi", author: { name: "Bob", kind: "guest" } },
    ]);
  });

  it("[O6] a thousand ops sent without waiting are stored in their order", async () => {
    const url = await start();
    const ann = await enter(url, "Ann");
    const ids = Array.from({ length: 1_000 }, () => testOpId());
    for (let index = 0; index < ids.length; index += 50) {
      ann.send(...ids.slice(index, index + 50).map((id) => message(id, "text")));
    }
    await ann.next("ack", ({ seq }) => seq === 1_000);
    const acks = ann.frames.flatMap((frame) => (frame.t === "ack" ? [frame] : []));
    expect(acks.map(({ id }) => id)).toEqual(ids);
    expect(acks.map(({ seq }) => seq)).toEqual(ids.map((_, index) => index + 1));
  });

  it("[W1] a binary message closes with 4503", async () => {
    const client = await enter(await start(), "Ann");
    client.socket.send(Buffer.from("[]"));
    expect(await client.closed).toMatchObject({ code: 4503 });
  });

  it("[W4] a message over 64 KiB closes with 1009", async () => {
    const client = await enter(await start(), "Ann");
    client.socket.send("x".repeat(65_537));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it("[W4] text that is not UTF-8 closes, and the server goes on", async () => {
    const url = await start();
    const client = await enter(url, "Ann");
    client.socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
    expect(await client.closed).toMatchObject({ code: 1007 });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it("[H1] a hello with a wrong token is closed with 4500, and says nothing before", async () => {
    const client = await TestClient.connect(await start());
    client.send(hello("nonsense", { lobby: { ref: 1 } }));
    expect(await client.closed).toMatchObject({ code: 4500 });
    expect(client.frames).toEqual([]);
  });

  it("a user of the host application enters with a token the host has signed", async () => {
    const secret = "a secret of at least thirty-two bytes";
    const url = await start({ CONFAB_JWT_SECRET: secret });
    const token = await new SignJWT({ name: "Ann" })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject("u-1")
      .setAudience("confab")
      .setIssuedAt()
      .setExpirationTime("10m")
      .sign(new TextEncoder().encode(secret));
    const client = await TestClient.connect(url);
    clients.push(client);
    client.send(hello(token));
    const { me } = await client.next("welcome");
    expect(me).toEqual({ id: "u-1", name: "Ann", kind: "user" });
  });

  it("[V3] a client that reads nothing is closed, and its memory with it", async () => {
    const url = await start();
    const slow = await enter(url, "Slow", { lobby: { ref: 1 } });
    await slow.next("synced");
    slow.socket.pause();
    const ann = await enter(url, "Ann");
    const body = "x".repeat(4_000);
    let seq = 0;
    for (let round = 0; round < 200; round += 1) {
      ann.send(...Array.from({ length: 12 }, () => message(testOpId(), body)));
      seq += 12;
      await ann.next("ack", (ack) => ack.seq === seq);
    }
    slow.socket.resume();
    const { code } = await slow.closed;
    expect([4001, 1006]).toContain(code);
    expect(slow.frames.filter(({ t }) => t === "ev").length).toBeLessThan(seq);
  });
});

describe("restarts", () => {
  it("[V6] stopping says goodbye, and everything acked is there after the restart", async () => {
    const data = makeTemporaryDirectory();
    const url = await start({ CONFAB_DATA: data });
    const ann = await enter(url, "Ann", { lobby: { ref: 1 } });
    const { epoch } = await ann.next("reset");
    const ids = Array.from({ length: 20 }, () => testOpId());
    ann.send(...ids.map((id) => message(id, "text")));
    await ann.next("ack", ({ seq }) => seq === 20);
    await running.pop()?.stop();
    expect(await ann.closed).toMatchObject({ code: 4300 });
    expect(ann.frames.at(-1)).toEqual({ t: "bye", code: 4300, after: [0, 15_000] });

    const again = await start({ CONFAB_DATA: data });
    const cur = { epoch, seq: 0, chain: EMPTY_CHAIN };
    const bob = await enter(again, "Bob", { lobby: { ref: 1, cur } });
    await bob.next("synced");
    const replayed = bob.frames.flatMap((frame) => (frame.t === "ev" ? [frame.id] : []));
    expect(replayed).toEqual(ids);
  });

  it("a guest is the same person after a restart", async () => {
    const data = makeTemporaryDirectory();
    const { token, user } = await becomeGuest(await start({ CONFAB_DATA: data }), "Ann");
    await running.pop()?.stop();
    const client = await TestClient.connect(await start({ CONFAB_DATA: data }));
    clients.push(client);
    client.send(hello(token));
    expect((await client.next("welcome")).me).toEqual(user);
  });

  it("a port that is in use is told in a sentence", async () => {
    const { port } = new URL(await start());
    const data = makeTemporaryDirectory();
    const busy = start({ PORT: port, CONFAB_DATA: data });
    await expect(busy).rejects.toThrow(`Port ${port} is in use`);
    running.pop();
    expect(await start({ CONFAB_DATA: data })).toContain("http://localhost:");
  });
});
