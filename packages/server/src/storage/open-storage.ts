import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../platform/start-error.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { Log } from "../telemetry/log.js";
import { clearWriteAheadLog, forbidWriting, openDatabaseFile, type Database } from "./database.js";
import { lockDirectory } from "./directory-lock.js";
import { claimDatabase } from "./generation/claim-database.js";
import type { Generation, GenerationFile } from "./generation/generation.js";
import { keepGeneration } from "./generation/keep-generation.js";
import { openGenerationFile } from "./generation/open-generation-file.js";
import { migrate } from "./migrate.js";
import { explainFailure } from "./open-failure.js";
import { createSqliteStorage } from "./sqlite-storage.js";
import type { Storage } from "./storage.js";
import { createWorkerExecutor } from "./worker-executor.js";

/** What opening a storage needs besides its directory. */
export interface StorageSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** Name of the database in the data directory. */
export const DATABASE_FILE = "confab.db";

/** What is known of the database outside of it. A copy of the database does not bring it along. */
export const GENERATION_FILE = "generation";

/**
 * Opens the storage in a data directory, which is made if needed and is this process's alone until
 * the storage is closed: tables brought up to date, commits in a worker thread, reads here on a
 * connection that cannot write. A database that was put back from a copy is noticed. [L3]
 *
 * @throws StartError when the directory is in use, or its database is damaged, foreign, newer than
 * this server, or cannot be opened.
 */
export function openStorage(directory: string, surroundings: StorageSurroundings): Storage {
  makeDirectory(directory);
  const unlock = lockDirectory(directory);
  try {
    const { clock } = surroundings;
    const path = join(directory, DATABASE_FILE);
    const file = openGenerationFile(join(directory, GENERATION_FILE));
    const { database, generation } = prepareDatabase(path, file, surroundings);
    const executor = keepGeneration(createWorkerExecutor(path), { file, clock, generation });
    const atEndOfTurn = (task: () => void) => void clock.after(0, task);
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

function prepareDatabase(
  path: string,
  file: GenerationFile,
  { random, log }: StorageSurroundings,
): { readonly database: Database; readonly generation: Generation } {
  const database = openDatabaseFile(path);
  try {
    const claimed = explainFailure(path, () => {
      migrate(database);
      const claim = claimDatabase(database, file, random);
      // A server that was killed may have left words there that were deleted.
      clearWriteAheadLog(database);
      return claim;
    });
    forbidWriting(database);
    const count = claimed.restoredRooms;
    if (count > 0) log.write("warn", "restored", { count });
    return { database, generation: claimed.generation };
  } catch (error) {
    database.handle.close();
    throw error;
  }
}
