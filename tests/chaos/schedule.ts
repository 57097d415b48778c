import type { ChaosPlan } from "./chaos-plan.js";
import { Dice } from "./dice.js";
import type { Fault, Step } from "./fault.js";

/** Faults between two kills, and how often each is drawn. */
const WEIGHTS = {
  burst: 5,
  cut: 5,
  "half-open": 1,
  stall: 3,
  throttle: 2,
  "line-down": 1,
  "sockets-fail": 1,
  pause: 1.5,
  "client-kill": 1.5,
  "client-pause": 1,
  "tab-reload": 1.5,
  "tab-close": 1,
  "tab-crash": 0.5,
  "tab-offline": 1.5,
  "tab-freeze": 1,
} as const;

/** Faults between two kills at most. */
const FAULTS_PER_KILL = 3;

/** What a seed makes of a plan: every fault in its order. The machine decides where it hits. */
export function scheduleOf(plan: ChaosPlan): Step[] {
  const dice = new Dice(plan.seed).fork("schedule");
  const extras = extrasOf(plan);
  const steps: Step[] = [];
  for (let kill = 1; kill <= plan.kills; kill += 1) {
    const upMs = dice.between(50, plan.upMaxMs);
    const faultCount = dice.between(0, FAULTS_PER_KILL);
    for (let count = 0; count < faultCount; count += 1) {
      steps.push({ afterMs: upMs / (faultCount + 1), fault: drawFault(dice) });
    }
    if (dice.isLucky(0.5)) {
      const burst: Fault = { type: "burst", client: dice.between(0, 99), ops: dice.between(5, 40) };
      steps.push({ afterMs: 0, fault: burst });
    }
    steps.push({ afterMs: upMs / (faultCount + 1), fault: drawKill(dice, plan) });
    const after = extras.get(kill) ?? [];
    for (const fault of after) steps.push({ afterMs: dice.between(200, 1_500), fault });
    if (kill % plan.killsPerCheckpoint === 0 && kill < plan.kills) {
      steps.push({ afterMs: 0, fault: { type: "checkpoint" } });
    }
  }
  return steps;
}

function drawKill(dice: Dice, plan: ChaosPlan): Fault {
  const restart = dice.isLucky(0.15) ? "killed-early" : "whole";
  return { type: "kill", downMs: dice.between(0, plan.downMaxMs), restart };
}

/**
 * What every run has, whatever it draws, by the number of the kill it comes after: two restores,
 * each with kills between the copy and its return, a disk that fills up, a deploy.
 */
function extrasOf({ kills, seed }: ChaosPlan): Map<number, Fault[]> {
  const dice = new Dice(seed).fork("extras");
  const at = (share: number): number => Math.max(1, Math.round(kills * share));
  const full = (): Fault => ({ type: "disk-full", ms: dice.between(5_000, 9_000) });
  const plan: [number, Fault[]][] = [
    [at(0.2), [{ type: "backup" }]],
    [at(0.3), [{ type: "restore", generation: "stays" }]],
    [at(0.4), [{ type: "deploy", downMs: 300 }]],
    [at(0.5), [{ type: "small-disk" }, full()]],
    [at(0.6), [full(), { type: "large-disk" }]],
    [at(0.7), [{ type: "backup" }]],
    [at(0.8), [{ type: "restore", generation: "back" }]],
  ];
  const byKill = new Map<number, Fault[]>();
  for (const [kill, faults] of plan) byKill.set(kill, [...(byKill.get(kill) ?? []), ...faults]);
  return byKill;
}

function drawFault(dice: Dice): Fault {
  const type = dice.weighted(WEIGHTS);
  const share = dice.oneOf([0.3, 0.6, 1]);
  const direction = dice.oneOf(["up", "down"] as const);
  const someone = dice.between(0, 99);
  const [few, some, many] = [dice.between(100, 900), dice.between(500, 4_000), 6_000] as const;
  switch (type) {
    case "burst":
      return { type, client: someone, ops: dice.between(5, 60) };
    case "cut": {
      const afterBytes = dice.oneOf([0, dice.between(1, 200), dice.between(200, 20_000)]);
      return { type, share, direction, afterBytes, kind: dice.oneOf(["reset", "end"] as const) };
    }
    case "half-open":
      return { type, share: 0.3, direction };
    case "stall":
      return { type, share, direction, ms: dice.between(500, many) };
    case "throttle":
      return { type, share, bytesPerSecond: dice.between(100, 8_000), ms: dice.between(500, many) };
    case "line-down":
      return { type, ms: few };
    case "sockets-fail":
      return { type, ms: dice.between(3_000, 15_000) };
    case "pause":
      return { type, ms: dice.between(100, many) };
    case "client-kill":
      return { type, client: someone, downMs: few };
    case "client-pause":
      return { type, client: someone, ms: dice.between(500, many) };
    case "tab-reload":
      return { type, tab: someone };
    case "tab-close":
    case "tab-crash":
      return { type, tab: someone, downMs: few };
    case "tab-offline":
    case "tab-freeze":
      return { type, tab: someone, ms: some };
  }
}
