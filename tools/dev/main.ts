/** Builds the script tag's bundle on every change and restarts the server. See `tools/dev.js`. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { context } from "esbuild";
import type { BuildContext, BuildOptions, Plugin } from "esbuild";

import { LAZY_PARTS, lazyParts } from "../../packages/elements/build/lazy-parts.js";
import { REPOSITORY } from "../bootstrap/repository.js";
import { DevPages } from "./dev-pages.js";

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const ELEMENTS = join(REPOSITORY, "packages", "elements");

const publicFolder = join(REPOSITORY, ".cache", "dev", "public");
rmSync(publicFolder, { recursive: true, force: true });
const pages = new DevPages({
  source: join(REPOSITORY, "examples", "plain-html", "public"),
  target: publicFolder,
});
pages.watch();
const reloadPages: Plugin = {
  name: "reload-pages",
  setup(build) {
    build.onEnd(({ errors }) => {
      if (errors.length === 0) pages.reload();
    });
  },
};
const bundles = await Promise.all([watchBundle(), watchParts()]);
await runServer();
await Promise.all(bundles.map((bundle) => bundle.dispose()));
process.exit(0);

/** The bundle is made as for the script tag, from the sources of elements and SDK. */
function watchBundle(): Promise<BuildContext> {
  return watchScripts({
    entryPoints: { chat: join(ELEMENTS, "src", "script.ts") },
    format: "iife",
    plugins: [lazyParts],
  });
}

/** What that bundle loads when it is needed lies beside it, as on a server. */
function watchParts(): Promise<BuildContext> {
  const entries = Object.entries(LAZY_PARTS);
  return watchScripts({
    entryPoints: Object.fromEntries(entries.map(([name, path]) => [name, join(ELEMENTS, path)])),
    format: "esm",
  });
}

async function watchScripts({ plugins = [], ...options }: BuildOptions): Promise<BuildContext> {
  const watched = await context({
    ...options,
    outdir: publicFolder,
    bundle: true,
    target: "es2022",
    sourcemap: "inline",
    conditions: ["@confab/source"],
    tsconfig: join(ELEMENTS, "tsconfig.json"),
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "info",
    plugins: [...plugins, reloadPages],
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
