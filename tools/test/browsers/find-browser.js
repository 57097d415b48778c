import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { BROWSER_KINDS } from "./browser-kinds.js";

/** @typedef {import("./browser-kinds.js").BrowserName} BrowserName */

/**
 * The parts of a machine that decide where its browsers are.
 *
 * @typedef {object} Machine
 * @property {string} platform
 * @property {Readonly<Record<string, string | undefined>>} environment
 * @property {(path: string) => boolean} exists
 */

const WINDOWS_ROOTS = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];

/**
 * Lists the programs on a machine that may be this browser, best first. The variable of the
 * browser decides alone when it is set, so that a wrong path is noticed instead of ignored.
 *
 * @param {BrowserName} name
 * @param {Machine} machine
 * @returns {string[]}
 */
export function browserCandidates(name, machine = thisMachine()) {
  const { variable, programs, companions } = BROWSER_KINDS[name];
  const isComplete = companions.every((program) => {
    return pathsOf(program, machine).some((path) => machine.exists(path));
  });
  if (!isComplete) return [];

  const chosen = machine.environment[variable];
  if (chosen !== undefined && chosen !== "") return machine.exists(chosen) ? [chosen] : [];

  const onPath = programs.map((program) => pathsOf(program, machine));
  const paths = [...byFolder(onPath), ...usualPlaces(name, machine)];
  return [...new Set(paths)].filter((path) => machine.exists(path));
}

/**
 * @param {string} program
 * @param {Machine} machine
 * @returns {string[]} one path for each folder of the search path
 */
function pathsOf(program, { platform, environment }) {
  const folders = (environment["PATH"] ?? "").split(platform === "win32" ? ";" : delimiter);
  const extension = platform === "win32" ? ".exe" : "";
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program + extension));
}

/**
 * A folder that comes earlier on the search path wins, whichever name the program has in it.
 *
 * @param {readonly string[][]} paths of each program, folder by folder
 * @returns {string[]}
 */
function byFolder(paths) {
  const folders = paths[0] ?? [];
  return folders.flatMap((_, index) => paths.map((each) => each[index] ?? ""));
}

/**
 * @param {BrowserName} name
 * @param {Machine} machine
 * @returns {string[]}
 */
function usualPlaces(name, { platform, environment }) {
  const { places } = BROWSER_KINDS[name];
  if (platform === "darwin") return [...places.darwin];
  if (platform !== "win32") return [...places.linux];
  return WINDOWS_ROOTS.flatMap((variable) => {
    const root = environment[variable];
    return root === undefined ? [] : places.win32.map((place) => `${root}\\${place}`);
  });
}

/** @returns {Machine} */
function thisMachine() {
  return { platform: process.platform, environment: process.env, exists: existsSync };
}
