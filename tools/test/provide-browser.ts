import { existsSync } from "node:fs";

import { startProgress } from "../bootstrap/progress.js";
import { REPOSITORY } from "../bootstrap/repository.js";
import { runCommand } from "../bootstrap/run-command.js";
import { browserCandidates } from "./find-browser.js";

const APT_UPDATE = ["apt-get", "update"];
const APT_INSTALL = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"];
const APT_LIMIT_MS = 10 * 60_000;
const ANSWER_LIMIT_MS = 30_000;

/** The browser for the tests, or what the person has to do to get one. */
export type ProvidedBrowser =
  | { readonly path: string; readonly version: string }
  | { readonly path: undefined; readonly problem: string };

/**
 * Finds a Chromium or Chrome that starts. Where we may, on Debian and Ubuntu as root, it is
 * installed from the distribution's packages.
 */
export async function provideBrowser(): Promise<ProvidedBrowser> {
  const found = await firstThatStarts();
  if (found !== undefined) return found;

  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen !== undefined && chosen !== "") {
    return noBrowser(`CHROMIUM_PATH is ${chosen}, which is not a browser that starts.`);
  }
  if (!canInstallPackages()) return noBrowser("No Chromium or Chrome was found.");

  const output = await installChromium();
  return (await firstThatStarts()) ?? noBrowser(`Installing Chromium failed:\n${output}`);
}

async function firstThatStarts(): Promise<ProvidedBrowser | undefined> {
  for (const path of browserCandidates()) {
    const version = await versionOf(path);
    if (version !== undefined) return { path, version };
  }
  return undefined;
}

/** Asks the program for its version: some distributions ship a stub that only asks for a snap. */
async function versionOf(path: string): Promise<string | undefined> {
  // Chrome on Windows opens a window instead of answering.
  if (process.platform === "win32") return "Chrome";
  const { exitCode, output } = await runCommand([path, "--version"], {
    root: REPOSITORY,
    cwd: REPOSITORY,
    limitMs: ANSWER_LIMIT_MS,
  });
  return exitCode === 0 ? /(?:Chromium|Google Chrome)\S* [\d.]+/.exec(output)?.[0] : undefined;
}

function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version");
}

async function installChromium(): Promise<string> {
  const progress = startProgress("Installing Chromium for the browser tests");
  let output = "";
  for (const command of [APT_UPDATE, APT_INSTALL]) {
    const run = await runCommand(command, {
      root: REPOSITORY,
      cwd: REPOSITORY,
      limitMs: APT_LIMIT_MS,
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
    output += run.output;
  }
  progress.end("Chromium is through");
  return output;
}

function noBrowser(cause: string): ProvidedBrowser {
  const advice =
    "Install Chromium or Google Chrome " +
    "(Debian, Ubuntu: sudo apt-get install -y --no-install-recommends chromium; " +
    "macOS: brew install --cask google-chrome; others: https://www.google.com/chrome), " +
    "or set CHROMIUM_PATH to the program.";
  return { path: undefined, problem: `${cause}\n${advice}` };
}
