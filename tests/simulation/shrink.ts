import type { Reduction } from "./reduction.js";
import { TROUBLES } from "./swarm.js";

/** What shrinking needs to know of one run. */
export interface Attempt {
  /** Which promise was broken; nothing when all held. */
  readonly broken: string | undefined;
  /** How much people did in it. */
  readonly actions: number;
  readonly clients: number;
  readonly rooms: number;
}

/** Runs a seed reduced like this. */
export type Try = (reduction: Reduction) => Attempt;

/** Runs of one seed while it is shrunk, at most. */
const MAX_ATTEMPTS = 250;

/**
 * Takes out of a failing seed what it does not need to fail in the same way: whole kinds of trouble
 * first, then clients and rooms, then what people do, by halves.
 */
export function shrink(from: Reduction, attempt: Try): Reduction {
  const first = attempt(from);
  let attemptsLeft = MAX_ATTEMPTS;
  let smallest = from;
  let latest = first;
  const accept = (candidate: Reduction): boolean => {
    if (attemptsLeft === 0) return false;
    attemptsLeft -= 1;
    const result = attempt(candidate);
    if (result.broken !== first.broken) return false;
    smallest = candidate;
    latest = result;
    return true;
  };
  const takeTroubles = (): void => {
    for (const trouble of TROUBLES) {
      if (smallest.without.includes(trouble)) continue;
      accept({ ...smallest, without: [...smallest.without, trouble] });
    }
  };
  takeTroubles();
  for (let rooms = 1; rooms < latest.rooms; rooms += 1) if (accept({ ...smallest, rooms })) break;
  for (let clients = 1; clients < latest.clients; clients += 1) {
    if (accept({ ...smallest, clients })) break;
  }
  takeActions(smallest.actions ?? range(latest.actions), (actions) =>
    accept({ ...smallest, actions }),
  );
  takeTroubles();
  return smallest;
}

/** Leaves out ever smaller pieces of the list as long as the seed goes on failing without them. */
function takeActions(all: readonly number[], accept: (kept: readonly number[]) => boolean): void {
  let kept = all;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < kept.length;) {
      const fewer = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (accept(fewer)) kept = fewer;
      else start += size;
    }
  }
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
