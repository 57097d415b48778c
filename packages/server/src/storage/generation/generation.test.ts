import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { StorageBench } from "../../testing/storage-bench.js";
import { createMemoryDisk, type MemoryDisk } from "../../testing/memory-disk.js";
import { makeTemporaryDirectory } from "../../testing/temporary-directory.js";
import { TestClock } from "../../testing/test-clock.js";
import type { CommitExecutor } from "../commit-executor.js";
import type { BatchResult } from "../write.js";
import type { Generation } from "./generation.js";
import { keepGeneration } from "./keep-generation.js";
import { openGenerationFile } from "./open-generation-file.js";

const atEndOfTurn = (task: () => void): void => {
  task();
};

async function liveOn(disk: MemoryDisk, messages: number): Promise<void> {
  const bench = await new StorageBench(disk.openStorage({ atEndOfTurn }), "lobby").open();
  for (let said = 0; said < messages; said += 1) await bench.say();
}

function epochAfterStart(disk: MemoryDisk): unknown {
  disk.openStorage({ atEndOfTurn });
  return disk.query("SELECT epoch FROM rooms")[0]?.["epoch"];
}

describe("claimDatabase", () => {
  it("[L3] a database that goes on where it was keeps its epochs", async () => {
    const disk = createMemoryDisk();
    await liveOn(disk, 3);
    const before = epochAfterStart(disk);
    await liveOn(disk, 1);
    expect(epochAfterStart(disk)).toBe(before);
    expect(disk.generation()).toMatchObject({ commits: 6 });
  });

  it("[L3] a database that was put back from a copy has new epochs, each time others", async () => {
    const disk = createMemoryDisk();
    await liveOn(disk, 3);
    const backup = disk.backup();
    const epochs = [epochAfterStart(disk)];
    for (let time = 0; time < 2; time += 1) {
      await liveOn(disk, 2);
      disk.restore(backup, { keepsGeneration: true });
      epochs.push(epochAfterStart(disk));
    }
    expect(new Set(epochs).size).toBe(3);
    expect(epochAfterStart(disk)).toBe(epochs[2]);
  });

  it("[L3] a database whose file is gone, or is of another one, has new epochs", async () => {
    const disk = createMemoryDisk();
    await liveOn(disk, 3);
    const before = epochAfterStart(disk);
    disk.replaceGeneration();
    const after = epochAfterStart(disk);
    expect(after).not.toBe(before);
    disk.replaceGeneration({ database: "of-another", commits: 1 });
    expect(epochAfterStart(disk)).not.toBe(after);
  });

  it("a file that is behind its database is one of a crash", async () => {
    const disk = createMemoryDisk();
    await liveOn(disk, 1);
    const behind = disk.generation();
    await liveOn(disk, 3);
    const before = epochAfterStart(disk);
    disk.replaceGeneration(behind);
    expect(epochAfterStart(disk)).toBe(before);
  });

  it("a server can start while nothing can be written", async () => {
    const disk = createMemoryDisk();
    await liveOn(disk, 1);
    const before = epochAfterStart(disk);
    disk.failWrites();
    expect(epochAfterStart(disk)).toBe(before);
  });
});

describe("keepGeneration", () => {
  function keep() {
    const clock = new TestClock();
    const written: Generation[] = [];
    const answers: BatchResult[] = [];
    const executor: CommitExecutor = {
      execute: (_writes, done) => {
        done(answers.shift() ?? { ok: false, cause: undefined });
      },
      close: (done) => {
        done();
      },
    };
    const kept = keepGeneration(executor, {
      file: { read: () => undefined, write: (generation) => void written.push(generation) },
      clock,
      generation: { database: "d", commits: 5 },
    });
    const commit = (answer: BatchResult) => {
      answers.push(answer);
      kept.execute([], () => undefined);
    };
    return { clock, written, commit, kept };
  }
  const committed = (commits: number): BatchResult => ({ ok: true, outcomes: [], commits });

  it("writes once a second while commits happen, and nothing when they fail", () => {
    const { clock, written, commit } = keep();
    commit(committed(6));
    commit(committed(7));
    expect(written).toEqual([]);
    clock.advance(1_000);
    expect(written).toEqual([{ database: "d", commits: 7 }]);
    commit({ ok: false, cause: "full" });
    clock.advance(5_000);
    expect(written).toHaveLength(1);
  });

  it("writes what is known when it ends", () => {
    const { written, commit, kept, clock } = keep();
    commit(committed(6));
    kept.close(() => undefined);
    clock.advance(5_000);
    expect(written).toEqual([{ database: "d", commits: 6 }]);
  });
});

describe("openGenerationFile", () => {
  it("reads what was written, and leaves nothing else behind", () => {
    const directory = makeTemporaryDirectory();
    const file = openGenerationFile(join(directory, "generation"));
    expect(file.read()).toBeUndefined();
    file.write({ database: "d", commits: 1 });
    file.write({ database: "d", commits: 2 });
    expect(file.read()).toEqual({ database: "d", commits: 2 });
    expect(readdirSync(directory)).toEqual(["generation"]);
  });

  it("takes a file that makes no sense for a missing one", () => {
    const path = join(makeTemporaryDirectory(), "generation");
    for (const text of ["", "{", "[]", '{"database":"d"}', '{"database":"d","commits":-1}']) {
      writeFileSync(path, text);
      expect(openGenerationFile(path).read()).toBeUndefined();
    }
  });

  it("keeps the old file when the new one cannot be written", () => {
    const path = join(makeTemporaryDirectory(), "generation");
    const file = openGenerationFile(path);
    file.write({ database: "d", commits: 1 });
    mkdirSync(`${path}.new`);
    file.write({ database: "d", commits: 2 });
    expect(readFileSync(path, "utf8")).toContain('"commits":1');
  });
});
