import type { LaunchOptions } from "playwright-core";

/** The browser that `npm test` found, started so that it also runs as root and without a network. */
export function browserOptions(): LaunchOptions {
  return {
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  };
}
