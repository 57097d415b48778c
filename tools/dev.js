/**
 * `npm run dev`: the server from its sources and the demo page, both of which reload when a file
 * changes. Only built-in modules are used until the dependencies are there.
 */
import { endWithNpm } from "./bootstrap/end-with-npm.js";
import { ensureInstalled } from "./bootstrap/install.js";
import { requireNode } from "./bootstrap/node-version.js";
import { REPOSITORY } from "./bootstrap/repository.js";

void develop();

async function develop() {
  requireNode();
  endWithNpm();
  process.chdir(REPOSITORY);
  if (!(await ensureInstalled(REPOSITORY))) process.exit(1);

  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL("./dev/main.ts", import.meta.url).href);
}
