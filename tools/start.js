/**
 * `npm start`: installs and builds what is missing, then serves. Only built-in modules are used
 * here, because nothing else is there on the first run.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { ensureBuilt } from "./bootstrap/build.js";
import { endWithNpm } from "./bootstrap/end-with-npm.js";
import { ensureInstalled } from "./bootstrap/install.js";
import { requireNode } from "./bootstrap/node-version.js";
import { REPOSITORY } from "./bootstrap/repository.js";
import { stopCommands } from "./bootstrap/run-command.js";

// Written so that even an old Node.js can read it far enough to say that it is too old.
void start();

async function start() {
  requireNode();
  endWithNpm();
  process.on("SIGINT", stopEarly);
  process.on("SIGTERM", stopEarly);
  process.chdir(REPOSITORY);
  if (!(await ensureInstalled(REPOSITORY)) || !(await ensureBuilt(REPOSITORY))) process.exit(1);

  const entry = join(REPOSITORY, "packages/server/dist/main.js");
  // The demo lets anybody in by name; a server somebody deploys does not, unless told to.
  process.env["CONFAB_GUESTS"] = process.env["CONFAB_GUESTS"] ?? "on";
  // Imported instead of started as a child: the second process would cost a tenth of a second.
  await import(pathToFileURL(entry).href);
  // It listens now and stops in its own good order.
  process.off("SIGINT", stopEarly);
  process.off("SIGTERM", stopEarly);
}

/** Being stopped while installing or building is not a failure; the next start goes on. */
function stopEarly() {
  console.log("\nStopped.");
  void stopCommands().then(() => process.exit(0));
}
