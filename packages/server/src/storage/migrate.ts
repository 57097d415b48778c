import { migrate as runMigrations } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { fileURLToPath } from "node:url";
import { StartError } from "../platform/start-error.js";
import type { Database } from "./database.js";

/** The SQL ships beside the code: two folders up from the source, one up from the build. */
const MIGRATIONS_FOLDER = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../../drizzle" : "../drizzle", import.meta.url),
);

/**
 * Brings the tables to this version, in one transaction per start.
 *
 * @throws StartError when a newer version of the server has used the database: its tables are not
 * understood here.
 */
export function migrate(database: Database): void {
  const knownCount = countMigrations();
  if (appliedCount(database) > knownCount) {
    throw new StartError(
      "The database was made by a newer version of this server. Start that version, or restore " +
        "a backup made by this one.",
    );
  }
  runMigrations(database.query, { migrationsFolder: MIGRATIONS_FOLDER });
}

function countMigrations(): number {
  try {
    return readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER }).length;
  } catch (cause) {
    throw new StartError(
      `The installation is incomplete: ${MIGRATIONS_FOLDER} cannot be read. Install it again.`,
      { cause },
    );
  }
}

function appliedCount({ handle }: Database): number {
  const exists = handle
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'")
    .get();
  if (exists === undefined) return 0;
  return Number(handle.prepare("SELECT count(*) FROM __drizzle_migrations").pluck().get());
}
