import type { ChaosWorld } from "./chaos-world.js";
import { checkUnread } from "./checker/check-reading.js";
import { checkView } from "./checker/check-view.js";
import type { Problem } from "./checker/problem.js";
import { readStoredLog, type StoredLog } from "./checker/stored-log.js";
import type { ActorReport } from "./client/command.js";
import { dumpOf, reportOf, type ChaosClient } from "./people/chaos-client.js";
import { waitMs } from "./wait-ms.js";

/** How soon it is looked again. */
const LOOK_EVERY_MS = 500;

/** Loading a whole room page by page may take this long. */
const LOAD_MAX_MS = 60_000;

/** How long everybody took to agree, or what they did not agree on in time. */
export interface Convergence {
  readonly ms: number;
  readonly problems: readonly Problem[];
}

/**
 * Waits until everybody shows the same, in a world where nothing is wrong any more: live, nothing
 * waiting, the newest part of each room as the log has it; with `all`, each room from its start.
 */
export async function converge(world: ChaosWorld, extent: "all" | "newest"): Promise<Convergence> {
  const startedAt = Date.now();
  const deadline = startedAt + world.plan.catchUpMaxMs;
  let ms: number;
  let problems: readonly Problem[];
  do {
    await waitMs(LOOK_EVERY_MS);
    problems = await differences(world, "newest");
    ms = Date.now() - startedAt;
  } while (problems.length > 0 && Date.now() < deadline);
  if (extent === "all" && problems.length === 0) problems = await differences(world, "all");
  return { ms, problems };
}

async function differences(world: ChaosWorld, extent: "all" | "newest"): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const client of world.clients) {
    const report = await reportOf(client);
    const log = readStoredLog(world.data.databaseFile);
    const unrest = unrestOf(client, report, log);
    if (report === undefined || unrest !== undefined) {
      return [{ type: "wrong", text: unrest ?? `${client.name} does not answer` }];
    }
    const maxMs = extent === "all" ? LOAD_MAX_MS : undefined;
    const dump = await dumpOf(client, extent, maxMs);
    if (dump === undefined) return [{ type: "wrong", text: `${client.name} shows nothing` }];
    const who = client.name;
    found.push(...checkView({ who, dump, log, nacked: nackedIds(world), extent }));
    found.push(...checkUnread({ who, user: client.user, unread: report.unread, log }));
  }
  return found;
}

function unrestOf(
  { name }: ChaosClient,
  report: ActorReport | undefined,
  log: StoredLog,
): string | undefined {
  if (report === undefined) return undefined;
  if (report.unsettled > 0) return `${name} waits for ${String(report.unsettled)} answers`;
  for (const { room, thread, status, pending } of report.lists) {
    const where = `${name} in ${room}${thread === undefined ? "" : ` below ${thread}`}`;
    if (pending > 0) return `${where}: ${String(pending)} pending`;
    if (status !== "live" && !isGone(room, thread, log)) return `${where}: ${status}`;
  }
  return undefined;
}

/** A restore took the message that a thread hangs on, so that it has nothing to show. */
function isGone(room: string, thread: string | undefined, log: StoredLog): boolean {
  if (thread === undefined) return false;
  return !(log.get(room)?.events ?? []).some(({ id }) => id === thread);
}

function nackedIds({ history }: ChaosWorld): Set<string> {
  return new Set(history.read().flatMap((line) => (line.type === "nacked" ? [line.id] : [])));
}
