import { performance } from "node:perf_hooks";

/** Stops a task that has not run yet; later calls do nothing. */
export type Cancel = () => void;

/** Time as the server sees it. The only source of it, so that a simulation can own it. */
export interface Clock {
  /** Wall clock, in Unix milliseconds. Stamps events; decides no deadline. */
  now(): number;
  /** Milliseconds that never go back. Every deadline is measured with it. */
  monotonic(): number;
  /** Runs a task later. Zero means: when everything that arrived in this turn has been handled. */
  after(delayMs: number, task: () => void): Cancel;
}

/**
 * The machine's clock. A delay of zero is the check phase of the event loop, after all sockets were
 * read.
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, task) {
    if (delayMs <= 0) {
      const immediate = setImmediate(task);
      return () => {
        clearImmediate(immediate);
      };
    }
    const timer = setTimeout(task, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** A moment as the `Date` that some libraries ask for. */
export function dateAt(unixMs: number): Date {
  return new Date(unixMs);
}
