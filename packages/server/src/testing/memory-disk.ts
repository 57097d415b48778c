import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { CommitExecutor } from "../storage/commit-executor.js";
import type { AtEndOfTurn } from "../storage/commit-queue.js";
import { openDatabaseInMemory } from "../storage/database.js";
import { claimDatabase } from "../storage/generation/claim-database.js";
import type { Generation, GenerationFile } from "../storage/generation/generation.js";
import { keepGeneration } from "../storage/generation/keep-generation.js";
import { createInlineExecutor, type CommitStep } from "../storage/inline-executor.js";
import { migrate } from "../storage/migrate.js";
import { createSqliteStorage } from "../storage/sqlite-storage.js";
import type { Storage } from "../storage/storage.js";

/** How a storage on a memory disk runs. */
export interface MemoryStorageOptions {
  /** Runs a task at the end of the turn: with a simulated clock, `clock.after(0, task)`. */
  readonly atEndOfTurn: AtEndOfTurn;
  /**
   * Gets each half of a commit: the transaction itself, then its answer. Without it both happen at
   * once.
   */
  readonly step?: CommitStep;
  /** Stands between the queue and the disk: may fail a batch, or lose its answer. */
  readonly disturb?: (executor: CommitExecutor) => CommitExecutor;
  /** Paces the generation file as on a real disk; without it the file follows in every turn. */
  readonly clock?: Clock;
  /** Names databases, and epochs after a restore; without it they are numbered. */
  readonly random?: Random;
}

/**
 * A database in memory that outlives the servers using it, as a disk does. A crash is: forget the
 * storage, never run its steps again, and open another one. A transaction is either in the database
 * or not, like after a real crash.
 */
export interface MemoryDisk {
  /** Opens the storage of one life of a server. Do not close it: that would end the disk. */
  openStorage(options: MemoryStorageOptions): Storage;
  /** The whole database as bytes, as a backup has it; another disk can be made of it. */
  backup(): Buffer;
  /**
   * Puts an older database in the place of this one; no server may be running. The generation file
   * beside it stays, or is lost with the old database.
   */
  restore(image: Buffer, options: { readonly keepsGeneration: boolean }): void;
  /** Loses the generation file, or puts an older one in its place. */
  replaceGeneration(older?: Generation): void;
  /** What the generation file says. */
  generation(): Generation | undefined;
  /** Makes every commit fail from now on, as a full or broken disk does; reads go on. */
  failWrites(): void;
  /** Lets commits succeed again. */
  allowWrites(): void;
  /** Throws the database away: its memory is none that is collected in time. */
  destroy(): void;
  /** Rows of a query against the database, for checkers that trust nothing else. */
  query(sql: string, ...values: readonly (string | number)[]): Record<string, unknown>[];
}

/** Makes a disk with the tables of this version, or one from a backup of another. */
export function createMemoryDisk(image?: Buffer): MemoryDisk {
  let database = openMigrated(image);
  let statements = new Map<string, ReturnType<typeof database.handle.prepare>>();
  let generation: Generation | undefined;
  const file: GenerationFile = {
    read: () => generation,
    write: (newer) => void (generation = newer),
  };
  const numbers = createNumbering();
  return {
    openStorage({ atEndOfTurn, step, disturb, clock, random = numbers }) {
      const claimed = claimDatabase(database, file, random);
      const inline = createInlineExecutor(database, step);
      const executor = keepGeneration(disturb === undefined ? inline : disturb(inline), {
        file,
        clock: clock ?? everyTurn(atEndOfTurn),
        generation: claimed.generation,
      });
      return createSqliteStorage({ database, executor, atEndOfTurn });
    },
    backup: () => database.handle.serialize(),
    restore(older, { keepsGeneration }) {
      database.handle.close();
      database = openMigrated(older);
      statements = new Map();
      if (!keepsGeneration) generation = undefined;
    },
    replaceGeneration: (older) => void (generation = older),
    generation: () => generation,
    failWrites: () => void database.handle.pragma("query_only = ON"),
    allowWrites: () => void database.handle.pragma("query_only = OFF"),
    destroy: () => void database.handle.close(),
    query(sql, ...values) {
      const statement = statements.get(sql) ?? database.handle.prepare(sql);
      statements.set(sql, statement);
      return statement.all(...values) as Record<string, unknown>[];
    },
  };
}

function openMigrated(image: Buffer | undefined) {
  const database = openDatabaseInMemory(image);
  migrate(database);
  return database;
}

function everyTurn(atEndOfTurn: AtEndOfTurn): Pick<Clock, "after"> {
  return {
    after(_delayMs, task) {
      atEndOfTurn(task);
      return () => undefined;
    },
  };
}

/** Hex strings nobody else makes, other ones with every call. */
function createNumbering(): Random {
  let count = 0;
  return {
    number: () => 0.5,
    hex(byteCount) {
      count += 1;
      return `d15c${count.toString(16).padStart(byteCount * 2 - 4, "0")}`;
    },
  };
}
