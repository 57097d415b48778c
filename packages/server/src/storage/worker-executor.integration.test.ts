import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { testOpId } from "../testing/op-ids.js";
import type { CommitExecutor } from "./commit-executor.js";
import { openDatabaseFile, type Database } from "./database.js";
import { migrate } from "./migrate.js";
import { createWorkerExecutor } from "./worker-executor.js";
import type { BatchResult, Write } from "./write.js";
import { makeTemporaryDirectory } from "../testing/temporary-directory.js";

const OPEN_ROOM: Write = {
  type: "open-room",
  room: { id: "lobby", kind: "public", name: "Lobby" },
  epoch: "0".repeat(16),
  at: 1,
};

const executors: CommitExecutor[] = [];

afterEach(async () => {
  for (const executor of executors.splice(0)) {
    await new Promise<void>((resolve) => executor.close(resolve));
  }
});

function start(path: string) {
  const executor = createWorkerExecutor(path);
  executors.push(executor);
  return (writes: readonly Write[]) =>
    new Promise<BatchResult>((resolve) => executor.execute(writes, resolve));
}

function prepare(path: string): Database {
  const database = openDatabaseFile(path);
  migrate(database);
  return database;
}

function append(): Write {
  const op = { id: testOpId(), by: "ann", at: 1, fingerprint: "f" };
  const author = '{"name":"Ann","kind":"user"}';
  const message = { author, body: "hi", format: "text", isInRoom: true, mentions: [] } as const;
  return { type: "append", room: "lobby", change: { type: "msg", ...message }, ...op };
}

describe("createWorkerExecutor", () => {
  it("commits in another thread what this one can read at once", async () => {
    const path = join(makeTemporaryDirectory(), "confab.db");
    const { handle } = prepare(path);
    const commit = start(path);
    const result = await commit([OPEN_ROOM, append()]);
    expect(result).toMatchObject({ ok: true, outcomes: [{ type: "opened" }, { seq: 1 }] });
    expect(handle.prepare("SELECT head FROM rooms").pluck().get()).toBe(1);
    handle.close();
  });

  it("[O2] a failing disk fails the whole batch, and the next one succeeds again", async () => {
    const path = join(makeTemporaryDirectory(), "confab.db");
    const { handle } = prepare(path);
    const commit = start(path);
    await commit([OPEN_ROOM]);
    handle.exec(`CREATE TRIGGER full BEFORE INSERT ON events
      WHEN (SELECT count(*) FROM events) >= 1 BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
    const failed = await commit([append(), append()]);
    expect(failed.ok).toBe(false);
    expect(handle.prepare("SELECT count(*) FROM events").pluck().get()).toBe(0);
    handle.exec("DROP TRIGGER full");
    expect(await commit([append()])).toMatchObject({ ok: true, outcomes: [{ seq: 1 }] });
    handle.close();
  });

  it("a file that cannot be opened fails the batch, and is opened again for the next", async () => {
    const directory = join(makeTemporaryDirectory(), "not-yet");
    const path = join(directory, "confab.db");
    const commit = start(path);
    expect((await commit([OPEN_ROOM])).ok).toBe(false);
    mkdirSync(directory);
    prepare(path).handle.close();
    expect(await commit([OPEN_ROOM])).toMatchObject({ ok: true });
    rmSync(directory, { recursive: true });
  });
});
