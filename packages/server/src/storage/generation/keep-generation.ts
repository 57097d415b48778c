import type { Cancel, Clock } from "../../platform/clock.js";
import type { CommitExecutor } from "../commit-executor.js";
import type { Generation, GenerationFile } from "./generation.js";

/** What keeping the generation file needs. */
export interface GenerationParts {
  readonly file: GenerationFile;
  readonly clock: Pick<Clock, "after">;
  /** What the file says at the start. */
  readonly generation: Generation;
}

/** While commits happen, the file is written this often at most. */
const WRITE_EVERY_MS = 1_000;

/**
 * Lets the generation file follow the commits of an executor. It never says more commits than are
 * safe in the database, so that a crash is not taken for a restore.
 */
export function keepGeneration(
  executor: CommitExecutor,
  { file, clock, generation }: GenerationParts,
): CommitExecutor {
  const { database } = generation;
  let { commits } = generation;
  let isWaiting = false;
  let cancel: Cancel | undefined;

  function write(): void {
    isWaiting = false;
    file.write({ database, commits });
  }

  function writeSoon(): void {
    if (isWaiting) return;
    isWaiting = true;
    cancel = clock.after(WRITE_EVERY_MS, write);
  }

  return {
    execute(writes, done) {
      executor.execute(writes, (result) => {
        if (result.ok) {
          commits = Math.max(commits, result.commits);
          writeSoon();
        }
        done(result);
      });
    },
    close(done) {
      executor.close(() => {
        cancel?.();
        write();
        done();
      });
    },
  };
}
