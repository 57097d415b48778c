import type { BatchResult, Write } from "./write.js";

/** Commits batches, one after the other: in another thread, or here and now. */
export interface CommitExecutor {
  /**
   * Commits a batch and answers exactly once, when it is safe or known not to be stored. Called
   * again only after the answer.
   */
  execute(writes: readonly Write[], done: (result: BatchResult) => void): void;
  /** Lets go of the database. Nothing is under way when it is called. */
  close(done: () => void): void;
}
