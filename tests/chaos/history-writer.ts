import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HistoryEntry, HistoryLine } from "./history.js";

/** A folder with one file of history per life. */
export class HistoryWriter {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  fileOf(life: string): string {
    return join(this.folder, `${life}.jsonl`);
  }

  write(life: string, entry: HistoryEntry): void {
    const line: HistoryLine = { at: Date.now(), life, ...entry };
    appendFileSync(this.fileOf(life), `${JSON.stringify(line)}\n`);
  }

  /** Everything written so far. A line that a kill cut off is the last of its file, and dropped. */
  read(): HistoryLine[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder).flatMap((file) =>
      readFileSync(join(this.folder, file), "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as HistoryLine),
    );
  }
}
