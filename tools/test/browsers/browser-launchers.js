import { chromeLauncher } from "@web/test-runner-chrome";

import { BROWSER_KINDS, BROWSER_NAMES } from "./browser-kinds.js";
import { browserCandidates } from "./find-browser.js";
import { WebkitLauncher } from "./webkit-launcher.js";

/** @typedef {import("./browser-kinds.js").BrowserName} BrowserName */
/** @typedef {import("@web/test-runner").BrowserLauncher} BrowserLauncher */

/** They run as root and offline, and do not look for anything but the tests. */
const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/**
 * Launchers for `@web/test-runner`. `TEST_BROWSERS` in the environment, names with spaces between,
 * leaves out others: `TEST_BROWSERS="chromium webkit"`. Throws when a browser is not found.
 *
 * @param {readonly BrowserName[]} names
 * @returns {BrowserLauncher[]}
 */
export function browserLaunchers(names = BROWSER_NAMES) {
  const chosen = (process.env["TEST_BROWSERS"] ?? "").split(" ").filter((name) => name !== "");
  const wanted = names.filter((name) => chosen.length === 0 || chosen.includes(name));
  return wanted.map((name) => launcherOf(name, programOf(name)));
}

/**
 * @param {BrowserName} name
 * @returns {string}
 */
function programOf(name) {
  const [path] = browserCandidates(name);
  if (path !== undefined) return path;

  const { label, advice } = BROWSER_KINDS[name];
  throw new Error(`unable to test in ${label}; it was not found. Get it (${advice}), or name the
browsers there are: TEST_BROWSERS=chromium`);
}

/**
 * @param {BrowserName} name
 * @param {string} executablePath
 * @returns {BrowserLauncher}
 */
function launcherOf(name, executablePath) {
  if (name === "webkit") return new WebkitLauncher(executablePath);

  const launcher = chromeLauncher({
    launchOptions:
      name === "firefox"
        ? { browser: "firefox", executablePath, headless: true }
        : { executablePath, headless: true, args: CHROMIUM_ARGUMENTS },
  });
  launcher.name = BROWSER_KINDS[name].label;
  return launcher;
}
