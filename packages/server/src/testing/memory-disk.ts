import type { CommitExecutor } from "../storage/commit-executor.js";
import { createInlineExecutor, type CommitStep } from "../storage/inline-executor.js";
import type { AtEndOfTurn } from "../storage/commit-queue.js";
import { openDatabaseInMemory } from "../storage/database.js";
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
}

/**
 * A database in memory that outlives the servers using it, as a disk does. A crash is: forget the
 * storage, never run its steps again, and open another one. A transaction is either in the database
 * or not, like after a real crash.
 */
export interface MemoryDisk {
  /** Opens the storage of one life of a server. Do not close it: that would end the disk. */
  openStorage(options: MemoryStorageOptions): Storage;
  /** The whole database as bytes; another disk can be made of it, as from a backup. */
  image(): Buffer;
  /** Makes every commit fail from now on, as a full or broken disk does; reads go on. */
  failWrites(): void;
  /** Lets commits succeed again. */
  allowWrites(): void;
  /** Rows of a query against the database, for checkers that trust nothing else. */
  query(sql: string, ...values: readonly (string | number)[]): Record<string, unknown>[];
}

/** Makes a disk with the tables of this version, or one from an image. */
export function createMemoryDisk(image?: Buffer): MemoryDisk {
  const database = openDatabaseInMemory(image);
  migrate(database);
  const statements = new Map<string, ReturnType<typeof database.handle.prepare>>();
  return {
    openStorage({ atEndOfTurn, step, disturb }) {
      const executor = createInlineExecutor(database, step);
      return createSqliteStorage({
        database,
        executor: disturb === undefined ? executor : disturb(executor),
        atEndOfTurn,
      });
    },
    failWrites: () => void database.handle.pragma("query_only = ON"),
    allowWrites: () => void database.handle.pragma("query_only = OFF"),
    image: () => database.handle.serialize(),
    query(sql, ...values) {
      const statement = statements.get(sql) ?? database.handle.prepare(sql);
      statements.set(sql, statement);
      return statement.all(...values) as Record<string, unknown>[];
    },
  };
}
