import type { ChaosWorld } from "./chaos-world.js";
import { checkErasure } from "./checker/check-erasure.js";
import { checkHistory, type Outcomes } from "./checker/check-history.js";
import { checkLog } from "./checker/check-log.js";
import { checkPositions } from "./checker/check-reading.js";
import { checkWire } from "./checker/check-wire.js";
import type { Problem } from "./checker/problem.js";
import { RawClient } from "./checker/raw-client.js";
import { readStoredLog, type StoredEvent } from "./checker/stored-log.js";
import type { RestoredLogs } from "./data-directory.js";

/** What the whole run comes to. */
export interface Verdict {
  readonly outcomes: Outcomes;
  readonly problems: readonly Problem[];
  /** Events in all logs. */
  readonly events: number;
  /** See `Erasure.inUnusedSpace`. */
  readonly wordsInUnusedSpace: number;
}

/**
 * Compares, in a world at rest, what everybody was told with the file and the wire; then stops the
 * server and looks for words that should be gone.
 */
export async function checkRun(
  world: ChaosWorld,
  restores: readonly RestoredLogs[],
): Promise<Verdict> {
  const { server, data, tokens, history } = world;
  const log = readStoredLog(data.databaseFile);
  const stranger = new RawClient(`http://127.0.0.1:${String(server.port)}`, tokens.for("stranger"));
  const wire = await checkWire(stranger, log);
  const status = await server.stop();
  const lines = history.read();
  const outcomes = checkHistory({ history: lines, log, lostTails: restores.flatMap(tailOf) });
  const erasure = checkErasure(data.databaseFile, log, lines);
  const problems = [
    ...outcomes.problems,
    ...checkLog(log),
    ...checkPositions(log),
    ...wire,
    ...erasure.problems,
  ];
  if (status !== 0) problems.push({ type: "wrong", text: `stopped with ${String(status)}` });
  const events = [...log.values()].reduce((sum, room) => sum + room.events.length, 0);
  return { outcomes, problems, events, wordsInUnusedSpace: erasure.inUnusedSpace };
}

/** What was in a log and is not in the one that was put in its place. */
function tailOf({ lost, restored }: RestoredLogs): StoredEvent[] {
  return [...lost.values()].flatMap(({ id, events }) => {
    const head = restored.get(id)?.head ?? 0;
    return events.filter(({ seq }) => seq > head);
  });
}
