import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { CommitExecutor } from "./commit-executor.js";
import type { CommitWorkerAnswer, CommitWorkerData, CommitWorkerRequest } from "./commit-worker.js";
import type { BatchResult } from "./write.js";

/** True when this file runs as TypeScript, from the source tree. */
const IS_SOURCE = import.meta.url.endsWith(".ts");

/**
 * Commits in a worker thread that has its own connection to the file. A worker that dies fails the
 * batch under way, and the next batch starts another one.
 */
export function createWorkerExecutor(path: string): CommitExecutor {
  let answerTo: ((result: BatchResult) => void) | undefined;
  let worker: Worker | undefined = start();

  function start(): Worker {
    const started = startWorker(path);
    started.on("message", (message: CommitWorkerAnswer) => {
      answer(message);
    });
    started.on("error", (cause) => {
      lose(started, cause);
    });
    started.on("exit", (status) => {
      lose(started, new Error(`the writer ended with status ${String(status)}`));
    });
    return started;
  }

  function answer(result: BatchResult): void {
    const done = answerTo;
    answerTo = undefined;
    done?.(result);
  }

  function lose(lost: Worker, cause: unknown): void {
    if (worker !== lost) return;
    worker = undefined;
    answer({ ok: false, cause });
  }

  return {
    execute(writes, done) {
      answerTo = done;
      worker ??= start();
      request(worker, writes);
    },
    close(done) {
      if (worker === undefined) {
        done();
        return;
      }
      worker.once("exit", () => {
        done();
      });
      request(worker, "close");
    },
  };
}

function request(worker: Worker, message: CommitWorkerRequest): void {
  worker.postMessage(message);
}

function startWorker(path: string): Worker {
  const workerData: CommitWorkerData = { path };
  if (IS_SOURCE) return startSourceWorker(workerData);
  return new Worker(new URL("./commit-worker.js", import.meta.url), { workerData });
}

/** A worker inherits no loader, so from the source tree it first learns to read TypeScript. */
function startSourceWorker(workerData: CommitWorkerData): Worker {
  const manifest = pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json"));
  const loader = new URL("./dist/esm/api/index.mjs", manifest).href;
  const program = new URL("./commit-worker.ts", import.meta.url).href;
  const bootstrap =
    `import { register } from ${JSON.stringify(loader)};` +
    `register(); await import(${JSON.stringify(program)});`;
  const execArgv = ["--conditions=@confab/source"];
  const url = new URL(`data:text/javascript,${encodeURIComponent(bootstrap)}`);
  return new Worker(url, { workerData, execArgv });
}
