import type { Clock } from "./clock.js";

/** The clock of this machine. */
export function createSystemClock(): Clock {
  let elapsedMs = 0;
  let lastSteady = performance.now();
  let lastWall = Date.now();
  return {
    now: () => Date.now(),
    /*
     * `performance.now()` stands still while some systems sleep, and the wall clock may jump back.
     * The larger step of the two counts: a forward jump of the wall clock then looks like sleep,
     * which costs one needless check of the line.
     */
    monotonic() {
      const steady = performance.now();
      const wall = Date.now();
      elapsedMs += Math.max(steady - lastSteady, wall - lastWall, 0);
      lastSteady = steady;
      lastWall = wall;
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
