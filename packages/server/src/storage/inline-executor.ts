import type { CommitExecutor } from "./commit-executor.js";
import type { Database } from "./database.js";
import { createBatchWriter } from "./write-batch.js";
import type { BatchResult, CommittedBatch } from "./write.js";

/**
 * Runs a task at once or later: the two halves of a commit are handed to it, so that a simulation
 * can delay or lose either.
 */
export type CommitStep = (task: () => void) => void;

/**
 * Commits on this thread, with the same function the worker uses. For simulations, tests and
 * databases in memory.
 */
export function createInlineExecutor(
  database: Database,
  step: CommitStep = runAtOnce,
): CommitExecutor {
  const commit = createBatchWriter(database);
  return {
    execute(writes, done) {
      step(() => {
        const result = attempt(() => commit(writes));
        step(() => {
          done(result);
        });
      });
    },
    close(done) {
      done();
    },
  };
}

function attempt(commit: () => CommittedBatch): BatchResult {
  try {
    return { ok: true, ...commit() };
  } catch (cause) {
    return { ok: false, cause };
  }
}

function runAtOnce(task: () => void): void {
  task();
}
