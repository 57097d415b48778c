import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { InputFile } from "./check-files.js";

/** Folders nobody writes in by hand. */
const SKIPPED_FOLDERS = new Set([
  ".cache",
  ".git",
  ".turbo",
  "coverage",
  "data",
  "dist",
  "node_modules",
]);
const TEXT_EXTENSION = /\.([cm]?[jt]sx?|css|html|json|md|sql|ya?ml|sh|svg|service)$/;
/** `.nvmrc`, `LICENSE`, `Dockerfile`, `.ci/run`. */
const TEXT_NAME = /(^|\/)(\.[\w.-]+|[A-Z]+|Dockerfile|Caddyfile|run)$/;

/** Files whose place counts and whose bytes say nothing. */
const IMAGE_EXTENSION = /\.(png|jpe?g|webp|avif|ico|woff2)$/;

/** Reads the text files of a checkout one by one, in a fixed order; an image has no text. */
export function* walkRepository(root: string, folder = ""): Iterable<InputFile> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) yield* walkRepository(root, path);
    if (entry.isFile() && (TEXT_EXTENSION.test(path) || TEXT_NAME.test(path))) {
      yield { path, text: readFileSync(join(root, path), "utf8") };
    }
    if (entry.isFile() && IMAGE_EXTENSION.test(path)) yield { path, text: "" };
  }
}
