import type { ChaosWorld } from "./chaos-world.js";
import { checkUnread } from "./checker/check-reading.js";
import { checkView } from "./checker/check-view.js";
import type { Problem } from "./checker/problem.js";
import { readStoredLog } from "./checker/stored-log.js";
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
    const unrest = unrestOf(client, report);
    if (unrest !== undefined) return [{ type: "wrong", text: unrest }];
    const maxMs = extent === "all" ? LOAD_MAX_MS : undefined;
    const dump = await dumpOf(client, extent, maxMs);
    if (dump === undefined) return [{ type: "wrong", text: `${client.name} shows nothing` }];
    const nacked = nackedIds(world);
    const log = readStoredLog(world.data.databaseFile);
    const who = client.name;
    found.push(...checkView({ who, dump, log, nacked, extent }));
    found.push(...checkUnread({ who, user: client.user, unread: report?.unread ?? {}, log }));
  }
  return found;
}

function unrestOf(client: ChaosClient, report: ActorReport | undefined): string | undefined {
  if (report === undefined) return `${client.name} does not answer`;
  if (report.unsettled > 0) return `${client.name} waits for ${String(report.unsettled)} answers`;
  for (const { room, status, pending } of report.rooms) {
    if (status !== "live") return `${client.name} in ${room} is ${status}`;
    if (pending > 0) return `${client.name} in ${room} shows ${String(pending)} as pending`;
  }
  return undefined;
}

function nackedIds({ history }: ChaosWorld): Set<string> {
  return new Set(history.read().flatMap((line) => (line.type === "nacked" ? [line.id] : [])));
}
