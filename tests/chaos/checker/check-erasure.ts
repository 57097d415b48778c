import Sqlite from "better-sqlite3";
import { readFileSync, rmSync } from "node:fs";
import type { HistoryLine } from "../history.js";
import { foldLog } from "./fold-log.js";
import type { Problem } from "./problem.js";
import type { StoredLog } from "./stored-log.js";

/** What is left of the words of deleted messages. */
export interface Erasure {
  /** Words that a table still holds. */
  readonly problems: readonly Problem[];
  /**
   * Words in the file all the same: SQLite moves rows between pages and may leave the old copy in
   * the unused part of one, where no statement finds it, until a later row or `VACUUM` takes it.
   */
  readonly inUnusedSpace: number;
}

/** Looks for the words of deleted messages in every byte of a closed file. [I26] */
export function checkErasure(
  file: string,
  log: StoredLog,
  history: readonly HistoryLine[],
): Erasure {
  const bodies = deletedBodies(log, history);
  const bytes = readFileSync(file);
  const left = bodies.filter((body) => bytes.includes(labelOf(body)));
  if (left.length === 0) return { problems: [], inUnusedSpace: 0 };
  const used = usedBytesOf(file);
  const held = left.filter((body) => used.includes(labelOf(body)));
  return {
    problems: held.map((body) => ({ type: "wrong", text: `a table still says "${body}"` })),
    inUnusedSpace: left.length - held.length,
  };
}

/** Everything that was ever said in messages that are deleted now. */
function deletedBodies(log: StoredLog, history: readonly HistoryLine[]): string[] {
  const deleted = new Set<string>();
  for (const room of log.values()) {
    for (const { id, deletedAt } of foldLog(room.events)) if (deletedAt) deleted.add(id);
  }
  return history.flatMap((line) => {
    if (line.type !== "submitted" || line.body === undefined) return [];
    const message = line.kind === "edit" ? (line.target ?? "") : line.id;
    return deleted.has(message) ? [line.body] : [];
  });
}

/** The file as it is when every row is written anew. */
function usedBytesOf(file: string): Buffer {
  const copy = `${file}-rewritten`;
  rmSync(copy, { force: true });
  const database = new Sqlite(file);
  try {
    database.prepare("VACUUM INTO ?").run(copy);
    return readFileSync(copy);
  } finally {
    database.close();
    rmSync(copy, { force: true });
  }
}

/** The part of a body that no other has; the rest are words of every day. */
function labelOf(body: string): string {
  return body.slice(0, body.indexOf(":") + 1);
}
