import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The parts of a machine that decide where its browser is. */
export interface Machine {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

/** Names Chromium and Chrome have on a search path, the ones that carry no updater first. */
const PROGRAM_NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];

const LINUX_PLACES = [
  "/usr/bin/chromium",
  "/usr/lib/chromium/chromium",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
];
const MACOS_PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const WINDOWS_PLACE = "Google\\Chrome\\Application\\chrome.exe";
const WINDOWS_ROOTS = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];

/**
 * Lists the programs on a machine that may be a Chromium or Chrome, best first. `CHROMIUM_PATH`
 * decides alone when it is set, so that a wrong path is noticed instead of ignored.
 */
export function browserCandidates(machine: Machine = thisMachine()): string[] {
  const chosen = machine.environment["CHROMIUM_PATH"];
  if (chosen !== undefined && chosen !== "") return machine.exists(chosen) ? [chosen] : [];

  return [...programsOnPath(machine), ...usualPlaces(machine)].filter(machine.exists);
}

function programsOnPath({ platform, environment }: Machine): string[] {
  const folders = (environment["PATH"] ?? "").split(platform === "win32" ? ";" : delimiter);
  const extension = platform === "win32" ? ".exe" : "";
  return folders
    .filter((folder) => folder !== "")
    .flatMap((folder) => PROGRAM_NAMES.map((name) => join(folder, name + extension)));
}

function usualPlaces({ platform, environment }: Machine): string[] {
  if (platform === "darwin") return MACOS_PLACES;
  if (platform !== "win32") return LINUX_PLACES;
  return WINDOWS_ROOTS.flatMap((name) => {
    const root = environment[name];
    return root === undefined ? [] : [`${root}\\${WINDOWS_PLACE}`];
  });
}

function thisMachine(): Machine {
  return { platform: process.platform, environment: process.env, exists: existsSync };
}
