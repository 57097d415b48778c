import Sqlite from "better-sqlite3";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { readStoredLog, type StoredLog } from "./checker/stored-log.js";

const DATABASE = "confab.db";

/** What stands beside the database and tells that it is not an older copy. */
const GENERATION = "generation";

/** The small disk has this much room above what is on it when it comes into use. */
const SMALL_DISK_SPARE_BYTES = 24 * 1_048_576;

/** A copy of the database as it was at some moment. */
export interface Backup {
  readonly folder: string;
}

/** The server's data, and what operators and disks do to it. */
export class DataDirectory {
  readonly #folder: string;
  readonly #home: string;
  #current: string;
  #backupCount = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#home = join(folder, "data");
    this.#current = this.#home;
    mkdirSync(this.#home, { recursive: true });
  }

  /** Where it is now. */
  get path(): string {
    return this.#current;
  }

  /** Whether it is on the disk that fills up. */
  get isSmall(): boolean {
    return this.#current !== this.#home;
  }

  get databaseFile(): string {
    return join(this.#current, DATABASE);
  }

  /** Copies the database with SQLite's own backup, while the server runs. */
  async backUp(): Promise<Backup> {
    this.#backupCount += 1;
    const folder = join(this.#folder, `backup-${String(this.#backupCount)}`);
    mkdirSync(folder);
    // Before the database, since it may never be ahead of it.
    copyIfThere(join(this.#current, GENERATION), join(folder, GENERATION));
    const database = new Sqlite(this.databaseFile, { readonly: true, timeout: 5_000 });
    try {
      await database.backup(join(folder, DATABASE));
    } finally {
      database.close();
    }
    return { folder };
  }

  /**
   * Puts a backup back in place of the database of a stopped server, and gives the log that was
   * lost with it. `generation: "back"` puts that file back as well, as a copy of the whole disk
   * would, so that it tells nothing.
   */
  restore(backup: Backup, generation: "stays" | "back"): RestoredLogs {
    const lost = readStoredLog(this.databaseFile);
    for (const suffix of ["", "-wal", "-shm"]) {
      rmSync(`${this.databaseFile}${suffix}`, { force: true });
    }
    cpSync(join(backup.folder, DATABASE), this.databaseFile);
    if (generation === "back") {
      const file = join(this.#current, GENERATION);
      rmSync(file, { force: true });
      copyIfThere(join(backup.folder, GENERATION), file);
    }
    return { lost, restored: readStoredLog(join(backup.folder, DATABASE)) };
  }

  /** Moves the data of a stopped server to a disk that fills up; false where none can be had. */
  moveToSmallDisk(): boolean {
    const place = join(this.#folder, "small-disk");
    mkdirSync(place, { recursive: true });
    const size = bytesIn(this.#current) + SMALL_DISK_SPARE_BYTES;
    const options = ["-t", "tmpfs", "-o", `size=${String(size)}`, "tmpfs", place];
    if (spawnSync("mount", options).status !== 0) return false;
    cpSync(this.#current, place, { recursive: true });
    this.#current = place;
    return true;
  }

  /** Moves the data of a stopped server back to where it belongs. */
  moveHome(): void {
    if (!this.isSmall) return;
    const place = this.#current;
    rmSync(this.#home, { recursive: true });
    cpSync(place, this.#home, { recursive: true });
    this.#current = this.#home;
    spawnSync("umount", [place]);
  }

  /** Takes every byte of the disk but so many. */
  fill(leftBytes: number): void {
    const { bavail, bsize } = statfsSync(this.#current);
    writeFileSync(this.#ballast, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
  }

  /** Gives them back. */
  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  get #ballast(): string {
    return join(this.#current, "ballast");
  }
}

/** The log a restore threw away, and the one it brought. */
export interface RestoredLogs {
  readonly lost: StoredLog;
  readonly restored: StoredLog;
}

function copyIfThere(from: string, to: string): void {
  if (existsSync(from)) cpSync(from, to);
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
