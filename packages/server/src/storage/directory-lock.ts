import Sqlite from "better-sqlite3";
import { join } from "node:path";
import { StartError } from "../platform/start-error.js";

/** Lets go of the data directory. */
export type Unlock = () => void;

/**
 * Makes this process the only server on a data directory, until `Unlock` or its end.
 *
 * An open exclusive transaction of a database of its own holds the lock: the operating system ends
 * it with the process, so that a killed server leaves nothing behind, and a process id that was
 * used again misleads nobody.
 *
 * @throws StartError when another server has the directory.
 */
export function lockDirectory(directory: string): Unlock {
  let handle: Sqlite.Database | undefined;
  try {
    handle = new Sqlite(join(directory, "confab.lock"), { timeout: 0 });
    handle.pragma("journal_mode = MEMORY");
    handle.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    handle?.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new StartError(
        `Another Confab server is using ${directory}. ` +
          "Stop it, or set CONFAB_DATA to another directory.",
        { cause: error },
      );
    }
    throw new StartError(`${directory} cannot be locked. Check CONFAB_DATA and its permissions.`, {
      cause: error,
    });
  }
  const held = handle;
  return () => {
    held.close();
  };
}
