import { EMPTY_CHAIN } from "@confab/sdk/protocol";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { becomeGuest, enterAsGuest } from "./testing/enter-as-guest.js";
import { testOpId } from "./testing/op-ids.js";
import { ServerProcess } from "./testing/server-process.js";
import { TestClient } from "./testing/test-client.js";
import { hello, message } from "./testing/test-gateway.js";
import { makeTemporaryDirectory } from "./testing/temporary-directory.js";

const processes: ServerProcess[] = [];
const clients: TestClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  for (const process of processes.splice(0)) await process.kill();
});

function start(environment: Record<string, string> = {}): ServerProcess {
  const process = new ServerProcess({ CONFAB_GUESTS: "on", ...environment });
  processes.push(process);
  return process;
}

async function enter(url: string, name: string, rooms = {}): Promise<TestClient> {
  const client = await enterAsGuest(url, name, rooms);
  clients.push(client);
  return client;
}

describe("the server as a process", () => {
  it("says where it listens in one line, and logs lines of JSON elsewhere", async () => {
    const server = start({ CONFAB_DATA: makeTemporaryDirectory(), CONFAB_LOG_LEVEL: "debug" });
    const url = await server.url;
    expect(server.output).toBe(`Confab is listening on ${url}\n`);
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    for (const line of server.errors.trim().split("\n")) JSON.parse(line);
  });

  it("[V6] SIGTERM ends it with status 0, after a goodbye to everybody", async () => {
    const server = start({ CONFAB_DATA: makeTemporaryDirectory() });
    const ann = await enter(await server.url, "Ann");
    const startedAt = Date.now();
    server.signal("SIGTERM");
    server.signal("SIGTERM");
    expect(await server.ended).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(await ann.closed).toMatchObject({ code: 4300 });
    expect(ann.frames.at(-1)).toMatchObject({ t: "bye", code: 4300 });
  });

  it("exits 78 with every problem of its configuration", async () => {
    const server = start({ PORT: "x", CONFAB_JWT_SECRET: "short", CONFAB_ROOMS: "A" });
    expect(await server.ended).toBe(78);
    for (const name of ["PORT", "CONFAB_JWT_SECRET", "CONFAB_ROOMS"]) {
      expect(server.errors).toContain(name);
    }
  });

  it("exits 78 when another server uses the directory, which a killed one does not", async () => {
    const data = { CONFAB_DATA: makeTemporaryDirectory() };
    const first = start(data);
    await first.url;
    const second = start(data);
    expect(await second.ended).toBe(78);
    expect(second.errors).toContain("Another Confab server is using");
    await first.kill();
    expect(await start(data).url).toContain("http://");
  });

  it("exits 78 when the database is damaged, and leaves the file alone", async () => {
    const directory = makeTemporaryDirectory();
    writeFileSync(join(directory, "confab.db"), "garbage ".repeat(1_000));
    const server = start({ CONFAB_DATA: directory });
    expect(await server.ended).toBe(78);
    expect(server.errors).toContain("confab.db is damaged");
    expect(readdirSync(directory)).toContain("confab.db");
  });
});

describe("[O3] SIGKILL", () => {
  it("[O3] loses nothing that was acked, at whatever moment it comes", async () => {
    const data = { CONFAB_DATA: makeTemporaryDirectory() };
    const acked = new Map<string, number>();
    let guest: Awaited<ReturnType<typeof becomeGuest>> | undefined;
    for (let round = 1; round <= 4; round += 1) {
      const server = start(data);
      const url = await server.url;
      guest ??= await becomeGuest(url, "Ann");
      const ann = await TestClient.connect(url);
      ann.send(hello(guest.token));
      await ann.next("welcome");
      const isKilled = killAfterAcks(server, ann, 20 * round);
      for (let sent = 0; sent < 2_000; sent += 20) {
        if (ann.socket.readyState !== ann.socket.OPEN) break;
        ann.send(...Array.from({ length: 20 }, () => message(testOpId(), "text")));
        await new Promise((resolve) => setImmediate(resolve));
      }
      await isKilled;
      await ann.closed;
      for (const frame of ann.frames) if (frame.t === "ack") acked.set(frame.id, frame.seq);
    }
    const log = await readLog(start(data));
    expect(acked.size).toBeGreaterThanOrEqual(20 + 40 + 60 + 80);
    for (const [id, seq] of acked) expect(log[seq - 1]).toBe(id);
    expect(new Set(log).size).toBe(log.length);
  });
});

async function killAfterAcks(server: ServerProcess, client: TestClient, count: number) {
  for (let acks = 0; acks < count; acks += 1) await client.next("ack");
  await server.kill();
}

/** Ids of the whole log, in order. */
async function readLog(server: ServerProcess): Promise<string[]> {
  const url = await server.url;
  const probe = await enter(url, "Probe", { lobby: { ref: 1 } });
  const { epoch, head } = await probe.next("reset");
  const { token } = await becomeGuest(url, "Reader");
  const ids: string[] = [];
  for (let after = 0; after < head;) {
    const response = await fetch(`${url}/v1/rooms/lobby/messages?after=${after}&limit=100`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const page = (await response.json()) as { messages: { id: string; seq: number }[] };
    for (const { id, seq } of page.messages) {
      expect(seq).toBe(ids.length + 1);
      ids.push(id);
    }
    after = ids.length;
  }
  const cur = { epoch, seq: 0, chain: EMPTY_CHAIN };
  probe.send({ t: "sub", room: "lobby", ref: 2, cur });
  expect(await probe.next("synced", ({ ref }) => ref === 2)).toMatchObject({ head });
  return ids;
}
