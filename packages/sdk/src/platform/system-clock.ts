import type { Clock } from "./clock.js";

/** The clock of this machine. */
export function createSystemClock(): Clock {
  let elapsedMs = 0;
  let wall = Date.now();
  return {
    now: () => Date.now(),
    /*
     * Made of the wall clock, since `performance.now()` stands still while some systems sleep. A
     * jump back counts as nothing; a jump forward looks like sleep, which costs one needless check
     * of the line.
     */
    monotonic() {
      const before = wall;
      wall = Date.now();
      elapsedMs += Math.max(0, wall - before);
      return elapsedMs;
    },
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs);
      return () => {
        clearTimeout(timer);
      };
    },
  };
}
