import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { enterAsGuest } from "../testing/enter-as-guest.js";
import { testOpId } from "../testing/op-ids.js";
import { ServerProcess } from "../testing/server-process.js";
import { makeTemporaryDirectory } from "../testing/temporary-directory.js";
import { message } from "../testing/test-gateway.js";

const WORDS = "words-that-were-deleted";
const SOON = { timeout: 20_000, interval: 100 };

const servers: ServerProcess[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill();
});

function start(directory: string): ServerProcess {
  const server = new ServerProcess({ CONFAB_DATA: directory, CONFAB_GUESTS: "on" });
  servers.push(server);
  return server;
}

/** Files of the directory that hold the words. */
function holders(directory: string): string[] {
  return readdirSync(directory).filter((file) =>
    readFileSync(join(directory, file)).includes(WORDS),
  );
}

/** Says the words among others, changes them, and deletes both; back when that is acked. */
async function sayAndDelete(server: ServerProcess, directory: string): Promise<void> {
  const client = await enterAsGuest(await server.url, "Ann");
  const id = testOpId();
  const op = (k: string, more: object) => ({ t: "op", room: "lobby", id: testOpId(), k, ...more });
  const send = async (frame: { readonly id: string }) => {
    client.send(frame);
    expect(await client.next("ack")).toMatchObject({ id: frame.id });
  };
  for (let said = 0; said < 40; said += 1) {
    await send(message(testOpId(), `${String(said)} ${"filler ".repeat(80)}`));
    if (said === 20) await send({ ...message(id, WORDS), meta: { a: WORDS } } as never);
  }
  await send(op("edit", { target: id, body: `${WORDS} again` }));
  expect(holders(directory)).not.toEqual([]);
  await send(op("del", { target: id }));
}

describe("words that were deleted", () => {
  it("[O10] are in no file any more a little later, while the server goes on", async () => {
    const directory = makeTemporaryDirectory();
    const server = start(directory);
    await sayAndDelete(server, directory);
    await vi.waitFor(() => expect(holders(directory)).toEqual([]), SOON);
    expect(statSync(join(directory, "confab.db-wal")).size).toBe(0);
  });

  it("[O10] are in no file after a server that was killed at once has started again", async () => {
    const directory = makeTemporaryDirectory();
    const server = start(directory);
    await sayAndDelete(server, directory);
    await server.kill();
    await start(directory).url;
    await vi.waitFor(() => expect(holders(directory)).toEqual([]), SOON);
  });
});
