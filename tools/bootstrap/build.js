import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { startProgress } from "./progress.js";
import { runCommand } from "./run-command.js";

/** What the build reads. Everything else may change without making the build stale. */
const SOURCES = ["packages", "examples", "package-lock.json", "tsconfig.base.json", "turbo.json"];
const NOT_SOURCES = new Set(["node_modules", "dist", "coverage", ".turbo", "data"]);
/** A file every complete build contains. */
const SERVER_ENTRY = "packages/server/dist/main.js";

/**
 * Builds the packages unless nothing changed since the last build. The check only looks at file
 * sizes and times, so that starting again costs milliseconds.
 *
 * @param {string} root the repository
 * @returns {Promise<boolean>} false when the build failed; the reason has been printed
 */
export async function ensureBuilt(root) {
  return isFresh(root) || build(root);
}

/**
 * Builds the packages in the order of their dependencies.
 *
 * @param {string} root the repository
 * @returns {Promise<boolean>} false when the build failed; the reason has been printed
 */
export async function build(root) {
  const progress = startProgress("Building");
  // Taken before the build: what changes while it runs must be built the next time.
  const fingerprint = sourceFingerprint(root);
  const { exitCode, output } = await runCommand(["turbo", "run", "build", "--ui=stream"], {
    cwd: root,
    root,
    env: { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
  });
  progress.end(exitCode === 0 ? "Built" : "The build failed");
  if (exitCode !== 0) {
    console.error(output);
    return false;
  }
  writeFileSync(stampPath(root), fingerprint);
  return true;
}

/**
 * Identifies the state of the sources by path, size and modification time of each file.
 *
 * @param {string} root the repository
 */
export function sourceFingerprint(root) {
  const hash = createHash("sha256");
  for (const path of SOURCES) addToHash(hash, join(root, path));
  return hash.digest("hex");
}

/** @param {string} root */
function isFresh(root) {
  const stamp = stampPath(root);
  if (!existsSync(stamp) || !existsSync(join(root, SERVER_ENTRY))) return false;
  return readFileSync(stamp, "utf8") === sourceFingerprint(root);
}

/** @param {string} root */
function stampPath(root) {
  return join(root, "node_modules", ".confab-build");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 */
function addToHash(hash, path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!NOT_SOURCES.has(name)) addToHash(hash, join(path, name));
  }
}
