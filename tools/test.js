/**
 * `npm test`: installs what is missing, then runs every stage of `test/stages.ts`. Only built-in
 * modules are used until the dependencies are there.
 */
import { endWithNpm } from "./bootstrap/end-with-npm.js";
import { ensureInstalled } from "./bootstrap/install.js";
import { requireNode } from "./bootstrap/node-version.js";
import { REPOSITORY } from "./bootstrap/repository.js";
import { stopCommands } from "./bootstrap/run-command.js";

/** What a shell reports for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

void test();

async function test() {
  requireNode();
  endWithNpm();
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => void stopCommands().then(() => process.exit(INTERRUPTED)));
  }
  process.chdir(REPOSITORY);
  if (!(await ensureInstalled(REPOSITORY))) process.exit(1);

  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL("./test/main.ts", import.meta.url).href);
}
