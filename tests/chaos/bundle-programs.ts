import { build, type BuildOptions } from "esbuild";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The programs of a run, as they were when it began: nobody's edit changes a run under way. */
export interface Programs {
  /** The server's `main.js`. */
  readonly server: string;
  readonly nodeClient: string;
  /** Folder of the page's scripts; the first is `page-client.js`. */
  readonly pageFolder: string;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** CommonJS packages inside an ES module ask for `require`. */
const REQUIRE = `import { createRequire as makeRequire } from "node:module";
const require = makeRequire(import.meta.url);`;

/** Bundles server and clients from their sources into `folder`. */
export async function bundlePrograms(folder: string): Promise<Programs> {
  const serverFolder = join(folder, "server", "dist");
  const pageFolder = join(folder, "page");
  await Promise.all([
    build({
      ...SHARED,
      entryPoints: {
        main: `${ROOT}packages/server/src/main.ts`,
        "commit-worker": `${ROOT}packages/server/src/storage/commit-worker.ts`,
      },
      outdir: serverFolder,
      platform: "node",
      splitting: true,
      banner: { js: REQUIRE },
      external: ["better-sqlite3", "pino"],
    }),
    build({
      ...SHARED,
      entryPoints: [`${ROOT}tests/chaos/client/node-client.ts`],
      outdir: folder,
      platform: "node",
      splitting: true,
      banner: { js: REQUIRE },
    }),
    build({
      ...SHARED,
      entryPoints: [`${ROOT}tests/chaos/client/page-client.ts`],
      outdir: pageFolder,
      platform: "browser",
      splitting: true,
    }),
  ]);
  cpSync(`${ROOT}packages/server/drizzle`, join(folder, "server", "drizzle"), { recursive: true });
  cpSync(`${ROOT}packages/server/package.json`, join(folder, "server", "package.json"));
  return {
    server: join(serverFolder, "main.js"),
    nodeClient: join(folder, "node-client.js"),
    pageFolder,
  };
}

const SHARED: BuildOptions = {
  bundle: true,
  format: "esm",
  target: "es2022",
  sourcemap: true,
  conditions: ["@confab/source"],
  logLevel: "error",
};
