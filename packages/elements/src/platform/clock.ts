/**
 * Where the elements get their time from. One door, so that a test can hold the clock in its
 * hand.
 */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Runs the task once after the delay; the function it returns takes that back. */
  after(delayMs: number, task: () => void): () => void;
}

const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};

let current = systemClock;

/** The clock of this page. */
export const clock: Clock = {
  now: () => current.now(),
  after: (delayMs, task) => current.after(delayMs, task),
};

/** Puts another clock in its place; returns the function that puts the old one back. */
export function replaceClock(replacement: Clock): () => void {
  const previous = current;
  current = replacement;
  return () => {
    current = previous;
  };
}
