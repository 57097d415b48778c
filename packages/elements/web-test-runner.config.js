import { fileURLToPath } from "node:url";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { browserLaunchers } from "@confab/tools/browser-launchers";

/** Parts of the bundle that somebody has asked for below `/absent-once`. */
const missed = new Set();

/** The bundle once more, whose parts are not there when they are first asked for. */
function absentOnce(context, next) {
  const [, file] = /^\/absent-once\/\w+\/(chat[a-z-]*\.js)$/.exec(context.path) ?? [];
  if (file === undefined) return next();
  if (file !== "chat.js" && !missed.has(context.path)) {
    missed.add(context.path);
    context.status = 404;
    return undefined;
  }
  context.url = `/packages/elements/dist/${file}`;
  return next();
}

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
    absentOnce,
  ],
  browsers: browserLaunchers(["chromium"]),
  // Only the page in front draws frames, and scrolling is tested by what is drawn.
  concurrency: 1,
  testFramework: { config: { timeout: 10_000 } },
  reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false })],
};
