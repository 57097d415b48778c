import Sqlite from "better-sqlite3";
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../platform/clock.js";
import { systemRandom } from "../platform/random.js";
import { StartError } from "../platform/start-error.js";
import { SILENT_LOG } from "../telemetry/log.js";
import { messageEvent, StorageBench } from "../testing/storage-bench.js";
import { openDatabaseFile } from "./database.js";
import { DATABASE_FILE, openStorage } from "./open-storage.js";
import type { Storage } from "./storage.js";
import { makeTemporaryDirectory } from "../testing/temporary-directory.js";

const surroundings = { clock: systemClock, random: systemRandom, log: SILENT_LOG };
const FIXTURE = new URL("./fixtures/0000_start.sql", import.meta.url);

let opened: Storage | undefined;

afterEach(async () => {
  await new Promise<void>((resolve) => {
    if (opened === undefined) resolve();
    else opened.close(resolve);
  });
  opened = undefined;
});

function makeDirectory(): { directory: string; file: string } {
  const directory = makeTemporaryDirectory();
  return { directory, file: join(directory, DATABASE_FILE) };
}

function open(directory: string): Storage {
  opened = openStorage(directory, surroundings);
  return opened;
}

function openFailure(directory: string): StartError {
  try {
    open(directory);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error("the storage opened");
}

describe("opening a database", () => {
  it("[O3] commits with WAL and synchronous=FULL, read back after opening", () => {
    const { file } = makeDirectory();
    const { handle } = openDatabaseFile(file);
    expect(handle.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(handle.pragma("synchronous", { simple: true })).toBe(2);
    expect(handle.pragma("foreign_keys", { simple: true })).toBe(1);
    expect(handle.pragma("busy_timeout", { simple: true })).toBe(250);
    handle.close();
  });

  it("makes the data directory, for its owner alone", () => {
    const directory = join(makeDirectory().directory, "a", "b");
    open(directory);
    expect(statSync(directory).mode & 0o077).toBe(0);
  });

  it("refuses a file that is no database, names it, and leaves it as it was", () => {
    const { directory, file } = makeDirectory();
    const garbage = "this is not a database ".repeat(300);
    writeFileSync(file, garbage);
    const error = openFailure(directory);
    expect(error.exitStatus).toBe(78);
    expect(error.message).toContain(file);
    expect(error.message).toContain("Restore it from a backup");
    expect(readFileSync(file, "utf8")).toBe(garbage);
  });

  it("refuses a damaged database", async () => {
    const { directory, file } = makeDirectory();
    open(directory);
    await new Promise<void>((resolve) => opened?.close(resolve));
    opened = undefined;
    truncateSync(file, statSync(file).size - 8_192);
    expect(openFailure(directory).message).toContain("is damaged");
  });

  it("refuses a database of another program", () => {
    const { directory, file } = makeDirectory();
    const foreign = new Sqlite(file);
    foreign.exec("CREATE TABLE bookmarks (url TEXT)");
    foreign.close();
    expect(openFailure(directory).message).toContain("another program");
  });

  it("refuses a database of a newer version", async () => {
    const { directory, file } = makeDirectory();
    open(directory);
    await new Promise<void>((resolve) => opened?.close(resolve));
    opened = undefined;
    const newer = new Sqlite(file);
    newer.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)");
    newer.close();
    expect(openFailure(directory).message).toContain("newer version");
  });

  it("says what is wrong when the directory cannot be made or written", () => {
    const { directory } = makeDirectory();
    writeFileSync(join(directory, "file"), "");
    expect(openFailure(join(directory, "file")).message).toContain("CONFAB_DATA");
    mkdirSync(join(directory, "data", DATABASE_FILE), { recursive: true });
    expect(openFailure(join(directory, "data")).message).toContain("cannot be opened");
  });

  it("lets go of the lock when opening fails", () => {
    const { directory, file } = makeDirectory();
    writeFileSync(file, "garbage ".repeat(500));
    openFailure(directory);
    expect(openFailure(directory).message).toContain("is damaged");
  });

  it("refuses a directory that this process has open already", () => {
    const { directory } = makeDirectory();
    const first = open(directory);
    expect(openFailure(directory).message).toContain("Another Confab server");
    opened = first;
  });
});

describe("migrations", () => {
  function openFirstVersion(): StorageBench {
    const { directory, file } = makeDirectory();
    const old = new Sqlite(file);
    old.exec(readFileSync(FIXTURE, "utf8"));
    old.close();
    return new StorageBench(open(directory), "lobby");
  }

  it("a database of the first version opens, and goes on with all it has", async () => {
    const bench = openFirstVersion();
    const [first, second] = (await bench.page()).messages;
    expect([first, second]).toMatchObject([
      { body: "first", rev: 1 },
      { body: "second", rev: 2 },
    ]);
    const id = await bench.say({ body: "new", thread: first?.id ?? "", isInRoom: true });
    await bench.change({ type: "del", target: second?.id ?? "" });
    expect((await bench.page()).messages).toMatchObject([
      { body: "first", rev: 3, replies: { count: 1, lastSeq: 3 } },
      { body: "", rev: 4, deletedAt: 1_700_000_001_000 },
      { id, seq: 3, count: 3 },
    ]);
  });

  it("[O4][R1] it knows its old ops, and who has said something", async () => {
    const bench = openFirstVersion();
    const repeated = messageEvent({
      id: "01890a5d-ac96-774b-bcce-b302099a8057",
      fingerprint: "14d661b6590a3f65b3a97a0d61b45254",
    });
    const duplicate = { type: "duplicate", seq: 1, at: 1_700_000_001_000 };
    expect(await bench.append(repeated)).toEqual(duplicate);
    expect(await bench.ask((done) => bench.storage.forget(1_800_000_000_000, done))).toBe(true);
    expect(await bench.append(repeated)).toEqual(duplicate);
    expect(await bench.ask((done) => bench.storage.reading(bench.view, "ann", done))).toEqual({
      read: { seq: 2, count: 2 },
      unread: 0,
      mentions: 0,
    });
    expect(await bench.ask((done) => bench.storage.roomsOf("ann", 9, done))).toEqual(["lobby"]);
    expect(await bench.ask((done) => bench.storage.listed(bench.view, "bob", done))).toMatchObject({
      last: { body: "second" },
    });
  });

  it("[O5] its refusals are as sticky as they were", async () => {
    const bench = openFirstVersion();
    const refused = messageEvent({ id: "01890a5d-ac98-7000-9000-000000000001" });
    expect(await bench.append(refused)).toEqual({
      type: "refused",
      code: "invalid",
      detail: "empty",
    });
  });
});
