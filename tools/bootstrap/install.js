import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { startProgress } from "./progress.js";
import { runCommand } from "./run-command.js";

/** Lines of npm's output worth showing when it fails; the cause stands near the end. */
const SHOWN_LINE_COUNT = 40;

/**
 * What an installation was made for. Native modules work only with the Node.js they were built
 * for, so the lock file alone does not tell whether the installed files fit.
 *
 * @typedef {object} InstallStamp
 * @property {string} lock SHA-256 of package-lock.json
 * @property {string} runtime platform, processor and module version of Node.js
 */

/**
 * @typedef {object} Lockfile
 * @property {Record<string, { version?: string, optional?: boolean }>} [packages]
 */

/**
 * Installs the dependencies unless they are there already. An installation the developer made
 * with `npm install` is recognised and kept.
 *
 * @param {string} root the repository
 * @returns {Promise<boolean>} false when the installation failed; the reason has been printed
 */
export async function ensureInstalled(root) {
  const stamp = currentStamp(root);
  const known = readJson(join(root, "node_modules", ".confab-install"));
  if (isSameStamp(known, stamp)) return true;

  const wasBuiltForOtherNode = isStamp(known) && known.runtime !== stamp.runtime;
  const isComplete =
    !wasBuiltForOtherNode &&
    holdsEverything(
      /** @type {Lockfile} */ (readJson(join(root, "package-lock.json"))),
      /** @type {Lockfile | undefined} */ (readJson(hiddenLockfile(root))),
    );
  if (!isComplete && !(await install(root))) return false;

  writeFileSync(join(root, "node_modules", ".confab-install"), `${JSON.stringify(stamp)}\n`);
  return true;
}

/**
 * Tells whether the installed packages are those of the lock file, by npm's own record of what
 * it installed. Packages that exist only for other platforms may be missing.
 *
 * @param {Lockfile} wanted package-lock.json
 * @param {Lockfile | undefined} installed node_modules/.package-lock.json
 */
export function holdsEverything(wanted, installed) {
  const present = installed?.packages;
  if (present === undefined) return false;
  return Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (!path.includes("node_modules/")) return true;
    const found = present[path];
    if (found === undefined) return entry.optional === true;
    return found.version === entry.version;
  });
}

/** @param {string} root */
async function install(root) {
  const progress = startProgress("Installing (once, about two minutes)");
  // Without --include=dev a NODE_ENV of production would leave the build tools out.
  const options = ["--include=dev", "--no-audit", "--no-fund"];
  const { exitCode, output } = await runCommand([...npmCommand(), "ci", ...options], {
    cwd: root,
    root,
  });
  progress.end(exitCode === 0 ? "Installed" : "The installation failed");
  if (exitCode === 0) return true;

  console.error(output.trimEnd().split("\n").slice(-SHOWN_LINE_COUNT).join("\n"));
  console.error(
    "\nunable to install the dependencies; npm ci ended as shown above. " +
      "If it mentions node-gyp, install a C++ compiler and Python 3 " +
      "(Debian, Ubuntu: apt-get install -y build-essential python3).",
  );
  return false;
}

/** The npm that started us, so that no other one on the path is used. */
function npmCommand() {
  const npmScript = process.env["npm_execpath"];
  const isUsable = npmScript?.endsWith("npm-cli.js") === true && existsSync(npmScript);
  return isUsable ? [process.execPath, npmScript] : ["npm"];
}

/** @param {string} root */
function hiddenLockfile(root) {
  return join(root, "node_modules", ".package-lock.json");
}

/**
 * @param {string} root
 * @returns {InstallStamp}
 */
function currentStamp(root) {
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  return {
    lock: lock.digest("hex"),
    runtime: `${process.platform}-${process.arch}-${process.versions.modules}`,
  };
}

/**
 * @param {unknown} value
 * @returns {value is InstallStamp}
 */
function isStamp(value) {
  return typeof value === "object" && value !== null && "lock" in value && "runtime" in value;
}

/**
 * @param {unknown} known
 * @param {InstallStamp} current
 */
function isSameStamp(known, current) {
  return isStamp(known) && known.lock === current.lock && known.runtime === current.runtime;
}

/**
 * @param {string} path
 * @returns {unknown} undefined when there is no such file or it is cut short
 */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
