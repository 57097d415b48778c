import Sqlite from "better-sqlite3";
import { drizzle, type BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { statSync } from "node:fs";
import { StartError } from "../platform/start-error.js";
import { damageMessage, explainFailure } from "./open-failure.js";

/** A connection to one SQLite database: the driver's handle, and drizzle on top of it. */
export interface Database {
  readonly handle: Sqlite.Database;
  readonly query: BetterSQLite3Database;
}

/**
 * "Conf" in ASCII, written into the header of our files, so that a file of another program is never
 * touched.
 */
const APPLICATION_ID = 0x43_6f_6e_66;

/** How long a statement waits for another process, blocking this thread. */
const BUSY_TIMEOUT_MS = 250;

/** The write-ahead log is cut back to this size at a checkpoint. */
const WAL_MAX_BYTES = 64 * 1024 * 1024;

/**
 * A file up to this size is checked whole at start; above it that would take longer than people
 * wait.
 */
const CHECKED_MAX_BYTES = 16 * 1024 * 1024;

/** `PRAGMA synchronous` as a number: 2 is FULL, an fsync in every commit. */
const SYNCHRONOUS_FULL = 2;

/**
 * Opens the database file for writing and makes it survive power loss: WAL with `synchronous=FULL`,
 * read back. [O3]
 *
 * @throws StartError when the file is damaged, is not ours, or cannot be opened. It is never
 * replaced.
 */
export function openDatabaseFile(path: string): Database {
  return explainFailure(path, () => {
    const handle = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS });
    return closeOnFailure(handle, () => {
      refuseForeignFile(handle, path);
      prepareForWriting(handle, path);
      refuseDamagedFile(handle, path);
      return { handle, query: drizzle(handle) };
    });
  });
}

/**
 * Brings everything in the write-ahead log into the database and empties it. False when somebody
 * reads from it just now: nobody is waited for.
 */
export function clearWriteAheadLog({ handle }: Database): boolean {
  handle.pragma("busy_timeout = 0");
  try {
    const [result] = handle.pragma("wal_checkpoint(TRUNCATE)") as { readonly busy: number }[];
    return result?.busy === 0;
  } finally {
    handle.pragma(`busy_timeout = ${String(BUSY_TIMEOUT_MS)}`);
  }
}

/** Makes the connection unable to write from now on. */
export function forbidWriting({ handle }: Database): void {
  handle.pragma("query_only = ON");
}

/** Opens a database in memory, from an image of one if given. For tests and simulations. */
export function openDatabaseInMemory(image?: Buffer): Database {
  const handle = new Sqlite(image ?? ":memory:");
  handle.pragma("foreign_keys = ON");
  return { handle, query: drizzle(handle) };
}

function refuseForeignFile(handle: Sqlite.Database, path: string): void {
  const tableCount = handle.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  const owner = handle.pragma("application_id", { simple: true });
  if (tableCount !== 0 && owner !== APPLICATION_ID) {
    throw new StartError(
      `${path} is a database of another program. Set CONFAB_DATA to another directory.`,
    );
  }
  if (owner !== APPLICATION_ID) handle.pragma(`application_id = ${String(APPLICATION_ID)}`);
}

/**
 * better-sqlite3 is built to drop to NORMAL when WAL is switched on, so the order matters and the
 * result is read back.
 */
function prepareForWriting(handle: Sqlite.Database, path: string): void {
  const journal = handle.pragma("journal_mode = WAL", { simple: true });
  handle.pragma("synchronous = FULL");
  handle.pragma("foreign_keys = ON");
  handle.pragma("trusted_schema = OFF");
  handle.pragma("secure_delete = ON");
  handle.pragma(`journal_size_limit = ${String(WAL_MAX_BYTES)}`);
  const synchronous = handle.pragma("synchronous", { simple: true });
  if (journal !== "wal" || synchronous !== SYNCHRONOUS_FULL) {
    throw new StartError(
      `${path} cannot be made safe against power loss (journal ${String(journal)}, synchronous ` +
        `${String(synchronous)}). Set CONFAB_DATA to a directory on a local disk.`,
    );
  }
}

function refuseDamagedFile(handle: Sqlite.Database, path: string): void {
  if (statSync(path).size > CHECKED_MAX_BYTES) return;
  const verdict = handle.pragma("quick_check(1)", { simple: true });
  if (verdict !== "ok") throw new StartError(damageMessage(path));
}

function closeOnFailure<Value>(handle: Sqlite.Database, use: () => Value): Value {
  try {
    return use();
  } catch (error) {
    handle.close();
    throw error;
  }
}
