#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { createChatServer, type ChatServer } from "./chat-server.js";
import { readConfig } from "./config.js";
import { systemClock } from "./platform/clock.js";
import { StartError } from "./platform/start-error.js";
import { createStandardLog, type Log } from "./telemetry/log.js";

/** A drain that takes longer than this is given up. [V6] */
const STOP_MAX_MS = 9_500;

/** Ctrl-C under npm arrives twice at once; only a later signal is a person losing patience. */
const IMPATIENT_AFTER_MS = 1_000;

/**
 * The build puts the public files beside this file; from the source tree they are where the build
 * puts them.
 */
const PUBLIC_DIRECTORY = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../dist/public" : "./public", import.meta.url),
);

try {
  await main();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitStatus;
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = createStandardLog(config.logLevel);
  const server = await createChatServer({ config, log, publicDirectory: PUBLIC_DIRECTORY });
  const url = await server.start();
  console.log(`Confab is listening on ${url}`);
  stopOnSignal(server, log);
}

/**
 * The first signal stops in good order; a later one, or a drain that does not end, stops at once.
 */
function stopOnSignal(server: ChatServer, log: Log): void {
  let stoppingSince: number | undefined;
  const stop = (status: number): void => {
    const now = systemClock.monotonic();
    if (stoppingSince !== undefined) {
      if (now - stoppingSince > IMPATIENT_AFTER_MS) process.exit(1);
      return;
    }
    stoppingSince = now;
    systemClock.after(STOP_MAX_MS, () => process.exit(1));
    void server.stop().then(() => process.exit(status));
  };
  process.on("SIGTERM", () => stop(0));
  process.on("SIGINT", () => stop(0));
  const fail = (problem: unknown): void => {
    log.write("error", "unexpected-error", { problem });
    stop(1);
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
}
