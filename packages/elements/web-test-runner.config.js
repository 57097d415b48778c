import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { chromeLauncher } from "@web/test-runner-chrome";

const executablePath = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
].find((path) => path && existsSync(path));

export default {
  // The packages of the workspace read each other's sources, so the server starts at the root of
  // the repository.
  rootDir: fileURLToPath(new URL("../..", import.meta.url)),
  files: "src/**/*.browser.test.ts",
  nodeResolve: { exportConditions: ["@confab/source", "production", "default"] },
  plugins: [
    esbuildPlugin({
      ts: true,
      target: "es2022",
      tsconfig: fileURLToPath(new URL("tsconfig.json", import.meta.url)),
      define: { "process.env.NODE_ENV": '"production"' },
    }),
  ],
  // The bundle is loaded from another origin too, as from a chat server.
  middleware: [
    (context, next) => {
      context.set("Access-Control-Allow-Origin", "*");
      return next();
    },
  ],
  browsers: [
    chromeLauncher({
      launchOptions: {
        ...(executablePath ? { executablePath } : {}),
        headless: true,
        args: [
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
        ],
      },
    }),
  ],
  // Only the page in front draws frames, and scrolling is tested by what is drawn.
  concurrency: 1,
  testFramework: { config: { timeout: 10_000 } },
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false })],
};
