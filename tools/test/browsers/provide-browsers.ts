import { existsSync } from "node:fs";

import { startProgress } from "../../bootstrap/progress.js";
import { REPOSITORY } from "../../bootstrap/repository.js";
import { runCommand } from "../../bootstrap/run-command.js";
import { BROWSER_KINDS, BROWSER_NAMES } from "./browser-kinds.js";
import type { BrowserName } from "./browser-kinds.js";
import { browserCandidates } from "./find-browser.js";

const APT_LIMIT_MS = 10 * 60_000;
const ANSWER_LIMIT_MS = 30_000;

/** A browser for the tests, or what the person has to do to get it. */
export type ProvidedBrowser =
  | { readonly path: string; readonly version: string }
  | { readonly path: undefined; readonly problem: string };

/** What became of each browser. */
export type ProvidedBrowsers = Readonly<Record<BrowserName, ProvidedBrowser>>;

/**
 * Finds for each browser the tests run in a program that starts. Where we may, on Debian and
 * Ubuntu as root, what is missing is installed from the distribution's packages.
 */
export async function provideBrowsers(): Promise<ProvidedBrowsers> {
  const found = await findAll();
  const missing = BROWSER_NAMES.filter((name) => found[name].path === undefined);
  // A path somebody chose is theirs to correct.
  const wanted = missing.filter((name) => !isChosen(name));
  if (wanted.length === 0 || !canInstallPackages()) return found;

  const output = await install(wanted);
  const installed = await findAll();
  const failed = wanted.filter((name) => installed[name].path === undefined);
  const problem = (name: BrowserName) => missingBrowser(name, `Installing it failed:\n${output}`);
  return { ...installed, ...Object.fromEntries(failed.map((name) => [name, problem(name)])) };
}

async function findAll(): Promise<ProvidedBrowsers> {
  const entries = BROWSER_NAMES.map(async (name) => [name, await find(name)] as const);
  return Object.fromEntries(await Promise.all(entries)) as unknown as ProvidedBrowsers;
}

async function find(name: BrowserName): Promise<ProvidedBrowser> {
  for (const path of browserCandidates(name)) {
    const version = await versionOf(name, path);
    if (version !== undefined) return { path, version };
  }
  const { label, variable } = BROWSER_KINDS[name];
  const cause = isChosen(name)
    ? `${variable} is ${process.env[variable] ?? ""}, which is not a ${label} that starts.`
    : `No ${label} was found.`;
  return missingBrowser(name, cause);
}

/** Asks the program who it is: some distributions ship a stub that only asks for a snap. */
async function versionOf(name: BrowserName, path: string): Promise<string | undefined> {
  const { label, question, answer } = BROWSER_KINDS[name];
  // Browsers on Windows open a window instead of answering.
  if (process.platform === "win32") return label;
  const { exitCode, output } = await runCommand([path, ...question], {
    root: REPOSITORY,
    cwd: REPOSITORY,
    limitMs: ANSWER_LIMIT_MS,
  });
  return exitCode === 0 ? answer.exec(output)?.[0] : undefined;
}

function isChosen(name: BrowserName): boolean {
  const chosen = process.env[BROWSER_KINDS[name].variable];
  return chosen !== undefined && chosen !== "";
}

function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version");
}

async function install(names: readonly BrowserName[]): Promise<string> {
  const labels = names.map((name) => BROWSER_KINDS[name].label).join(", ");
  const progress = startProgress(`Installing ${labels} for the browser tests`);
  let output = await apt(["update"]);
  // One at a time: a distribution without one of them still gives the others.
  for (const name of names) {
    const packages = BROWSER_KINDS[name].packages;
    output += await apt(["install", "-y", "--no-install-recommends", ...packages]);
  }
  progress.end(`${labels}: through`);
  return output;
}

async function apt(words: readonly string[]): Promise<string> {
  const { output } = await runCommand(["apt-get", ...words], {
    root: REPOSITORY,
    cwd: REPOSITORY,
    limitMs: APT_LIMIT_MS,
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  return output;
}

function missingBrowser(name: BrowserName, cause: string): ProvidedBrowser {
  const { advice, variable } = BROWSER_KINDS[name];
  const problem = `${cause}\nGet it (${advice}), or set ${variable} to the program.`;
  return { path: undefined, problem };
}
