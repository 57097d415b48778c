/** Time as the core knows it. Nothing else in the SDK asks a clock or sets a timer. */
export interface Clock {
  /** Unix milliseconds of this machine, for display only: it may jump. */
  now(): number;
  /** Milliseconds since some start. Never goes back, and counts the time the machine slept. */
  monotonic(): number;
  /** Runs the task once after the delay, in milliseconds; returns the function that cancels it. */
  after(delayMs: number, task: () => void): () => void;
}
