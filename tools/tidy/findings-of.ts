import { checkFiles } from "./check-files.js";
import type { InputFile } from "./check-files.js";

/** What one rule finds in a made-up repository, as `path:line what`. For the tests of the rules. */
export function findingsOf(rule: string, files: Readonly<Record<string, string>>): string[] {
  return checkFiles(inputFiles(files))
    .filter((finding) => finding.rule === rule)
    .map(({ path, line, what }) => `${path}:${line} ${what}`);
}

function* inputFiles(files: Readonly<Record<string, string>>): Iterable<InputFile> {
  for (const [path, text] of Object.entries(files)) yield { path, text };
}
