import { appendFileSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What is inside `chat.js` besides our own code; their licences ask to be handed on. */
const BUNDLED = ["lit", "nanostores", "partysocket"];

const NOTICES = fileURLToPath(new URL("../dist/chat.js.LEGAL.txt", import.meta.url));
const require = createRequire(import.meta.url);

for (const name of BUNDLED) {
  appendFileSync(NOTICES, `\n${"-".repeat(72)}\n${name}\n\n${licenceOf(name)}`);
}

function licenceOf(name: string): string {
  const folder = folderOf(name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`unable to write the notices; ${name} has no licence`);
  return readFileSync(join(folder, file), "utf8");
}

/** Walks up from the entry, since not every package exports its package.json. */
function folderOf(name: string): string {
  let folder = dirname(require.resolve(name));
  while (!folder.endsWith(join("node_modules", name))) folder = dirname(folder);
  return folder;
}
