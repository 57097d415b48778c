import type { ChaosReport } from "./run-chaos.js";
import type { Problem } from "./checker/problem.js";

/** Problems told in full; the rest is in the histories. */
const MAX_TOLD_PROBLEMS = 25;

/** What a run came to, for people. */
export function chaosSummary({
  plan,
  seconds,
  tally,
  problems,
  verdict,
  catchUpMs,
}: ChaosReport): string {
  const counts = tally.entries().map(([what, count]) => `  ${String(count).padStart(6)} ${what}`);
  const slowest = Math.max(0, ...catchUpMs) / 1_000;
  return [
    `seed ${plan.seed}, ${String(plan.kills)} kills planned, ${seconds.toFixed(0)} s`,
    ...counts,
    ...(verdict === undefined ? ["the run did not come to its end"] : outcomesOf(verdict)),
    `longest catch-up ${slowest.toFixed(1)} s in ${String(catchUpMs.length)} checkpoints`,
    `lost ${count(problems, "lost")}, doubled ${count(problems, "doubled")}, ` +
      `reordered ${count(problems, "reordered")}, otherwise wrong ${count(problems, "wrong")}`,
    ...problems.slice(0, MAX_TOLD_PROBLEMS).map(({ type, text }) => `  ${type}: ${text}`),
  ].join("\n");
}

function outcomesOf(verdict: NonNullable<ChaosReport["verdict"]>): string[] {
  const { outcomes, events, wordsInUnusedSpace } = verdict;
  const { submitted, acked, nacked, unknown, rolledBack, unrecorded, killsUnderLoad } = outcomes;
  return [
    `ops: ${String(submitted)} submitted, ${String(acked)} acked, ${String(nacked)} nacked, ` +
      `${String(unknown)} unknown to who asked, ${String(unrecorded)} asked for by a dying tab`,
    `${String(killsUnderLoad)} kills while somebody waited for an answer`,
    `${String(rolledBack)} acked ones thrown away by restores, ${String(events)} events in the end`,
    `${String(wordsInUnusedSpace)} deleted texts left in unused space of the file`,
  ];
}

function count(problems: readonly Problem[], type: Problem["type"]): string {
  return String(problems.filter((problem) => problem.type === type).length);
}
