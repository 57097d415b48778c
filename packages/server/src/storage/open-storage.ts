import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../platform/start-error.js";
import type { AtEndOfTurn } from "./commit-queue.js";
import { forbidWriting, openDatabaseFile, type Database } from "./database.js";
import { lockDirectory } from "./directory-lock.js";
import { migrate } from "./migrate.js";
import { explainFailure } from "./open-failure.js";
import { createSqliteStorage } from "./sqlite-storage.js";
import type { Storage } from "./storage.js";
import { createWorkerExecutor } from "./worker-executor.js";

/** Name of the database in the data directory. */
export const DATABASE_FILE = "confab.db";

/**
 * Opens the storage in a data directory, which is made if needed and is this process's alone until
 * the storage is closed: tables brought up to date, commits in a worker thread, reads here on a
 * connection that cannot write.
 *
 * @throws StartError when the directory is in use, or its database is damaged, foreign, newer than
 * this server, or cannot be opened.
 */
export function openStorage(directory: string, atEndOfTurn: AtEndOfTurn): Storage {
  makeDirectory(directory);
  const unlock = lockDirectory(directory);
  try {
    const path = join(directory, DATABASE_FILE);
    const database = prepareDatabase(path);
    const executor = createWorkerExecutor(path);
    const storage = createSqliteStorage({ database, executor, atEndOfTurn });
    return {
      ...storage,
      close(done) {
        storage.close(() => {
          unlock();
          done();
        });
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartError(
      `The data directory ${directory} cannot be made. Check CONFAB_DATA and its permissions.`,
      { cause },
    );
  }
}

function prepareDatabase(path: string): Database {
  const database = openDatabaseFile(path);
  try {
    explainFailure(path, () => {
      migrate(database);
    });
    forbidWriting(database);
    return database;
  } catch (error) {
    database.handle.close();
    throw error;
  }
}
