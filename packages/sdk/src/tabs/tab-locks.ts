/** Locks of a browser: each is held by one tab at most, and falls free when that tab is gone. */
export interface TabLocks {
  /**
   * Waits for the lock. `granted` is called when it is held, `lost` when the browser took it back
   * or refused it. Returns the function that gives it back, or stops waiting.
   */
  hold(name: string, granted: () => void, lost: () => void): () => void;
  /** Takes the lock if it is free now; `release` is absent when it is not. */
  take(name: string, done: (release: (() => void) | undefined) => void): void;
}
