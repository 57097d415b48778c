import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "../platform/clock.js";
import { clearWriteAheadLog, openDatabaseFile } from "./database.js";
import { createBatchWriter, type BatchWriter } from "./write-batch.js";
import { WriteAheadLog } from "./write-ahead-log.js";
import type { BatchResult, Write } from "./write.js";

/** What the worker is told at its start. */
export interface CommitWorkerData {
  readonly path: string;
}

/** A batch to commit, or the wish that the worker ends. */
export type CommitWorkerRequest = readonly Write[] | "close";

/**
 * The failure's text instead of the error: errors of the driver do not survive the way between
 * threads.
 */
export type CommitWorkerAnswer =
  Extract<BatchResult, { ok: true }> | { readonly ok: false; readonly cause: string };

if (parentPort !== null) serve(parentPort, workerData as CommitWorkerData);

/** Commits batches for the main thread, so that an fsync never stops the event loop. */
function serve(port: NonNullable<typeof parentPort>, { path }: CommitWorkerData): void {
  let database: ReturnType<typeof openDatabaseFile> | undefined;
  let commit: BatchWriter | undefined;
  const log = new WriteAheadLog({ clock: systemClock, clear });

  function open(): BatchWriter {
    database = openDatabaseFile(path);
    return createBatchWriter(database);
  }

  // After a failed fsync nobody knows what the old connection believes, so a failure costs a new
  // one.
  function reopenNextTime(): void {
    commit = undefined;
    try {
      database?.handle.close();
    } catch {
      // The connection is given up either way.
    }
  }

  function answer(writes: readonly Write[]): CommitWorkerAnswer {
    try {
      commit ??= open();
      const committed = commit(writes);
      log.committed(writes);
      return { ok: true, ...committed };
    } catch (error) {
      reopenNextTime();
      return { ok: false, cause: error instanceof Error ? error.message : String(error) };
    }
  }

  function clear(): boolean {
    try {
      commit ??= open();
      return database !== undefined && clearWriteAheadLog(database);
    } catch (error) {
      reopenNextTime();
      throw error;
    }
  }

  port.on("message", (request: CommitWorkerRequest) => {
    if (request !== "close") {
      port.postMessage(answer(request));
      return;
    }
    log.stop();
    database?.handle.close();
    port.close();
  });
}
