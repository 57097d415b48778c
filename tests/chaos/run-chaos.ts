import { readFileSync } from "node:fs";
import type { ChaosPlan } from "./chaos-plan.js";
import { createWorld, endWorld, type ChaosWorld } from "./chaos-world.js";
import { checkRun, type Verdict } from "./check-run.js";
import { converge } from "./converge.js";
import type { Problem } from "./checker/problem.js";
import { Nemesis } from "./nemesis.js";
import { scheduleOf } from "./schedule.js";
import type { Tally } from "./tally.js";
import { waitMs } from "./wait-ms.js";

/** A run and what came of it. */
export interface ChaosReport {
  readonly plan: ChaosPlan;
  readonly seconds: number;
  readonly tally: Tally;
  readonly problems: readonly Problem[];
  /** Absent when the run did not come to its end. */
  readonly verdict?: Verdict;
  /** How long everybody took to agree, each time everything was healed. */
  readonly catchUpMs: readonly number[];
}

/** Tells how far a run is. */
export type TellProgress = (sentence: string) => void;

/** Runs a plan in `folder`; every process it started has ended when it answers. */
export async function runChaos(
  plan: ChaosPlan,
  folder: string,
  tell: TellProgress,
): Promise<ChaosReport> {
  const startedAt = Date.now();
  const world = await createWorld(plan, folder);
  const nemesis = new Nemesis(world);
  const run: Run = { world, nemesis, tell, catchUpMs: [], problems: [] };
  let verdict: Verdict | undefined;
  try {
    await nemesis.setPace(plan.opsPerSecond);
    await trouble(run);
    if (run.problems.length === 0) await rest(run, "all");
    verdict = await checkRun(world, nemesis.restores);
    run.problems.push(...verdict.problems, ...neverHappened(run));
  } catch (error) {
    run.problems.push({ type: "wrong", text: String((error as Error).stack ?? error) });
  } finally {
    await endWorld(world);
  }
  const { problems, catchUpMs } = run;
  const seconds = (Date.now() - startedAt) / 1_000;
  const report = { plan, seconds, tally: nemesis.tally, problems, catchUpMs };
  return verdict === undefined ? report : { ...report, verdict };
}

/** A run in which something rare never happened has proved nothing about it. */
function neverHappened({ world, nemesis }: Run): Problem[] {
  const serverLog = readFileSync(world.server.logFile, "utf8");
  const closings = serverLog.match(/"code":4003\b/g) ?? [];
  nemesis.tally.add("connection closed because storage failed", closings.length);
  for (const line of world.history.read()) {
    if (line.type === "noticed") nemesis.tally.add(line.what);
  }
  const missing = world.plan.mustHappen.filter((what) => nemesis.tally.of(what) === 0);
  return missing.map((what) => ({ type: "wrong", text: `never happened: ${what}` }));
}

interface Run {
  readonly world: ChaosWorld;
  readonly nemesis: Nemesis;
  readonly tell: TellProgress;
  readonly catchUpMs: number[];
  readonly problems: Problem[];
}

/** Everything that is planned to go wrong. Stops at the first checkpoint where people disagree. */
async function trouble(run: Run): Promise<void> {
  const { world, nemesis, tell } = run;
  for (const { afterMs, fault } of scheduleOf(world.plan)) {
    await waitMs(afterMs);
    if (fault.type !== "checkpoint") {
      await nemesis.perform(fault);
      continue;
    }
    await rest(run, "newest");
    if (run.problems.length > 0) return;
    tell(`${String(nemesis.tally.of("kill"))} kills, all agree`);
    await nemesis.setPace(world.plan.opsPerSecond);
  }
}

/** Nobody says anything any more, nothing is wrong any more: everybody must agree. */
async function rest({ world, nemesis, catchUpMs, problems }: Run, extent: "all" | "newest") {
  await nemesis.setPace(0);
  await nemesis.heal();
  const convergence = await converge(world, extent);
  catchUpMs.push(convergence.ms);
  problems.push(...convergence.problems);
}
