import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { browserLaunchers } from "@confab/tools/browser-launchers";

/** What only a browser has, in each engine: storage, locks, channels, its fetch and its sockets. */
export default {
  // Dependencies lie at the root of the repository, so the server starts there.
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
  browsers: browserLaunchers(),
  concurrentBrowsers: 3,
  // Tests share an origin, and with it databases and locks.
  concurrency: 1,
  testFramework: { config: { timeout: 10_000 } },
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false })],
};
