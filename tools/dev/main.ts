/** Builds the script tag's bundle on every change and restarts the server. See `tools/dev.js`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { context } from "esbuild";
import type { BuildContext } from "esbuild";

import { REPOSITORY } from "../bootstrap/repository.js";
import { DevPages } from "./dev-pages.js";

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const publicFolder = join(REPOSITORY, ".cache", "dev", "public");
rmSync(publicFolder, { recursive: true, force: true });
const pages = new DevPages({
  source: join(REPOSITORY, "examples", "plain-html", "public"),
  target: publicFolder,
});
pages.watch();
const bundle = await watchBundle();
await runServer();
await bundle.dispose();
process.exit(0);

/** The bundle is made as for the script tag, from the sources of elements and SDK. */
async function watchBundle(): Promise<BuildContext> {
  const elements = join(REPOSITORY, "packages", "elements");
  const watched = await context({
    entryPoints: [join(elements, "src", "script.ts")],
    outfile: join(publicFolder, "chat.js"),
    bundle: true,
    format: "iife",
    target: "es2022",
    sourcemap: "inline",
    conditions: ["@confab/source"],
    tsconfig: join(elements, "tsconfig.json"),
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "info",
    plugins: [
      {
        name: "reload-pages",
        setup(build) {
          build.onEnd(({ errors }) => {
            if (errors.length === 0) pages.reload();
          });
        },
      },
    ],
  });
  // The first bundle is waited for, so that the first page finds it.
  await watched.rebuild();
  await watched.watch();
  return watched;
}

/** `tsx watch` restarts the server when one of its sources changes. Ends when we are stopped. */
function runServer(): Promise<unknown> {
  const server = spawn(
    process.execPath,
    [
      join(REPOSITORY, "node_modules", "tsx", "dist", "cli.mjs"),
      "watch",
      "--clear-screen=false",
      "--conditions=@confab/source",
      join(REPOSITORY, "tools", "dev", "serve.ts"),
      publicFolder,
    ],
    {
      cwd: REPOSITORY,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, CONFAB_GUESTS: process.env["CONFAB_GUESTS"] ?? "on" },
    },
  );
  for (const signal of STOP_SIGNALS) process.on(signal, () => server.kill("SIGTERM"));
  return once(server, "exit");
}
