import { existsSync } from "node:fs";
import { StartError } from "../platform/start-error.js";

/**
 * Runs `open` and turns what SQLite throws into a sentence for the person who starts the server.
 *
 * @throws StartError naming the file and what to do.
 */
export function explainFailure<Value>(path: string, open: () => Value): Value {
  try {
    return open();
  } catch (error) {
    if (error instanceof StartError) throw error;
    const code = errorCode(error);
    if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
      throw new StartError(damageMessage(path), { cause: error });
    }
    if (code === "ERR_DLOPEN_FAILED") {
      throw new StartError(
        "better-sqlite3 was built for another version of Node. Run `npm rebuild better-sqlite3`.",
        { cause: error },
      );
    }
    const known = existsSync(path) ? "opened for writing" : "created";
    throw new StartError(
      `${path} cannot be ${known} (${code}). Check CONFAB_DATA and its permissions.`,
      { cause: error },
    );
  }
}

/** What is said about a file that is not a sound database. */
export function damageMessage(path: string): string {
  return (
    `${path} is damaged or is not a database. It was left as it is. ` +
    "Restore it from a backup, or move it away to start with an empty one."
  );
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
