import { readFileSync } from "node:fs";
import type { HistoryLine } from "../history.js";
import { foldLog } from "./fold-log.js";
import type { Problem } from "./problem.js";
import type { StoredLog } from "./stored-log.js";

/** Looks for the words of deleted messages in every byte of a closed file. [I26] */
export function checkErasure(
  file: string,
  log: StoredLog,
  history: readonly HistoryLine[],
): Problem[] {
  const deleted = new Set<string>();
  for (const room of log.values()) {
    for (const { id, deletedAt } of foldLog(room.events)) if (deletedAt) deleted.add(id);
  }
  const bytes = readFileSync(file);
  return history.flatMap((line): Problem[] => {
    if (line.type !== "submitted" || line.body === undefined) return [];
    const message = line.kind === "edit" ? (line.target ?? "") : line.id;
    if (!deleted.has(message) || !bytes.includes(labelOf(line.body))) return [];
    return [{ type: "wrong", text: `${line.room}: the file still says "${line.body}"` }];
  });
}

/** The part of a body that no other has; the rest are words of every day. */
function labelOf(body: string): string {
  return body.slice(0, body.indexOf(":") + 1);
}
