import type { LaunchOptions } from "playwright-core";

/** The browser that `npm test` found, started so that it runs as root and offline too. */
export function browserOptions(): LaunchOptions {
  return {
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  };
}
