import type { Cursor } from "@confab/sdk/protocol";
import Sqlite from "better-sqlite3";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { SYNC_LIMITS } from "../../chat-core.js";
import { systemClock } from "../../platform/clock.js";
import { systemRandom } from "../../platform/random.js";
import { RoomSync, type SyncStart } from "../../sync/room-sync.js";
import { StorageBench } from "../../testing/storage-bench.js";
import { makeTemporaryDirectory } from "../../testing/temporary-directory.js";
import type { LogEvent, LogFields } from "../../telemetry/log.js";
import { DATABASE_FILE, GENERATION_FILE, openStorage } from "../open-storage.js";
import type { CursorPosition, Storage } from "../storage.js";

/** A server's storage in a directory, started and stopped as often as a test likes. */
class Installation {
  readonly directory = makeTemporaryDirectory();
  readonly logged: [LogEvent, LogFields | undefined][] = [];
  #storage: Storage | undefined;

  async start(): Promise<StorageBench> {
    this.#storage = openStorage(this.directory, {
      clock: systemClock,
      random: systemRandom,
      log: { write: (_level, event, fields) => void this.logged.push([event, fields]) },
    });
    return new StorageBench(this.#storage, "lobby").open();
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      const storage = this.#storage;
      this.#storage = undefined;
      if (storage === undefined) resolve();
      else storage.close(resolve);
    });
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Copies the database while the server runs, as an operator would. */
  async backUp(): Promise<void> {
    const running = new Sqlite(this.path(DATABASE_FILE), { readonly: true });
    await running.backup(this.path("backup.db"));
    running.close();
  }

  putBack(): void {
    for (const rest of ["-wal", "-shm"]) rmSync(this.path(DATABASE_FILE + rest), { force: true });
    copyFileSync(this.path("backup.db"), this.path(DATABASE_FILE));
  }
}

const installation = { current: new Installation() };

afterEach(async () => {
  await installation.current.stop();
  installation.current = new Installation();
});

async function cursorOf(bench: StorageBench): Promise<Cursor> {
  const { epoch, head, chain } = await bench.ask<CursorPosition>((done) => {
    bench.storage.position(bench.view, 0, done);
  });
  return { epoch, seq: head, chain };
}

/** How a client with this cursor is answered. */
async function answerTo(bench: StorageBench, cursor: Cursor): Promise<string> {
  const sync = new RoomSync(bench.storage, SYNC_LIMITS);
  const start = await bench.ask<SyncStart>((done) => {
    sync.start(bench.view, cursor, done);
  });
  if (start.type === "replay") return "replay";
  return `reset ${(JSON.parse(start.frameFor(1)) as { why: string }).why}`;
}

/** A backup after three messages, a client after six, and the backup put back. */
async function restoreAndStart(spoil: (it: Installation) => void): Promise<[StorageBench, Cursor]> {
  const { current } = installation;
  const bench = await current.start();
  for (let said = 0; said < 3; said += 1) await bench.say();
  await current.backUp();
  copyFileSync(current.path(GENERATION_FILE), current.path("generation.old"));
  for (let said = 0; said < 3; said += 1) await bench.say();
  const cursor = await cursorOf(bench);
  await current.stop();
  current.putBack();
  spoil(current);
  return [await current.start(), cursor];
}

describe("putting a database back from a copy", () => {
  it("[L3][L4] gives its rooms new epochs, and clients start over", async () => {
    const [bench, cursor] = await restoreAndStart(() => undefined);
    expect(await cursorOf(bench)).toMatchObject({ seq: 3 });
    expect(await answerTo(bench, cursor)).toBe("reset epoch");
    expect(installation.current.logged).toEqual([["restored", { count: 1 }]]);
    const next = await cursorOf(bench);
    await installation.current.stop();
    expect(await answerTo(await installation.current.start(), next)).toBe("replay");
  });

  it("[L3][L4] is noticed as well when the generation file is gone", async () => {
    const [bench, cursor] = await restoreAndStart((it) => {
      rmSync(it.path(GENERATION_FILE));
    });
    expect(await answerTo(bench, cursor)).toBe("reset epoch");
  });

  it("[L3][L4] is caught by head and chain when that file is put back too", async () => {
    const [bench, cursor] = await restoreAndStart((it) => {
      copyFileSync(it.path("generation.old"), it.path(GENERATION_FILE));
    });
    expect(await answerTo(bench, cursor)).toBe("reset ahead");
    for (let said = 0; said < 4; said += 1) await bench.say();
    expect(await answerTo(bench, cursor)).toBe("reset chain");
  });

  it("a server that was stopped and started goes on with its clients", async () => {
    const bench = await installation.current.start();
    await bench.say();
    const cursor = await cursorOf(bench);
    await installation.current.stop();
    const again = await installation.current.start();
    await again.say();
    expect(await answerTo(again, cursor)).toBe("replay");
    expect(installation.current.logged).toEqual([]);
  });
});
