import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../platform/clock.js";
import type { Result } from "../platform/result.js";
import { messageEvent, StorageBench } from "../testing/storage-bench.js";
import { makeTemporaryDirectory } from "../testing/temporary-directory.js";
import { openDatabaseFile, type Database } from "./database.js";
import { createInlineExecutor } from "./inline-executor.js";
import { migrate } from "./migrate.js";
import { createSqliteStorage } from "./sqlite-storage.js";
import type { AppendOutcome } from "./storage.js";
import type { NewEvent } from "./write.js";

const connections: Database[] = [];

afterEach(() => {
  for (const { handle } of connections.splice(0)) handle.close();
});

function connect(path: string): Database {
  const database = openDatabaseFile(path);
  connections.push(database);
  return database;
}

/** A storage whose file may not grow any more once it is full. */
async function openSmallStorage() {
  const path = join(makeTemporaryDirectory(), "confab.db");
  const writing = connect(path);
  migrate(writing);
  const storage = createSqliteStorage({
    database: connect(path),
    executor: createInlineExecutor(writing),
    atEndOfTurn: (task) => void systemClock.after(0, task),
  });
  const bench = await new StorageBench(storage, "lobby").open();
  const limit = (pages: number) => void writing.handle.pragma(`max_page_count = ${String(pages)}`);
  const fill = () => {
    limit(Number(writing.handle.pragma("page_count", { simple: true })));
  };
  const empty = () => {
    limit(1_000_000);
  };
  const append = (event: NewEvent) =>
    new Promise<Result<AppendOutcome>>((resolve) => {
      storage.append(bench.view, event, resolve);
    });
  const check = () => new Promise<Result<undefined>>((resolve) => storage.check(resolve));
  return { bench, fill, empty, append, check };
}

describe("a disk that is full", () => {
  it("[O2] gives ops no outcome, stores nothing of them, and answers reads", async () => {
    const { bench, fill, append } = await openSmallStorage();
    await bench.say({ body: "before" });
    fill();
    const ops = Array.from({ length: 20 }, () => messageEvent({ body: "x".repeat(4_000) }));
    const results = await Promise.all(ops.map(append));
    expect(results.map(({ ok }) => ok)).toEqual(ops.map(() => false));
    expect(results[0]).toMatchObject({ cause: { code: "SQLITE_FULL" } });
    expect((await bench.page()).messages.map(({ body }) => body)).toEqual(["before"]);
    expect(await bench.log()).toHaveLength(1);
  });

  it("[O2][O4] takes the same ops when there is room again, once", async () => {
    const { bench, fill, empty, append, check } = await openSmallStorage();
    fill();
    const ops = Array.from({ length: 20 }, () => messageEvent({ body: "x".repeat(4_000) }));
    await Promise.all(ops.map(append));
    empty();
    expect(await check()).toMatchObject({ ok: true });
    for (const round of ["appended", "duplicate"]) {
      const results = await Promise.all(ops.map(append));
      expect(results.map((result) => result.ok && result.value.type)).toEqual(ops.map(() => round));
    }
    expect((await bench.log()).map(({ seq }) => seq)).toEqual(ops.map((_, index) => index + 1));
  });
});
