import { build, type Plugin } from "esbuild";
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A deliberate bug: `find` stands exactly once in `file` and becomes `replace`. */
export interface TextEdit {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CACHE = fileURLToPath(new URL("../.cache/", import.meta.url));

/**
 * Bundles the simulation with the sources of client and server into one file that Node runs at full
 * speed, after applying `edits`. Throws when the text of an edit is not found exactly once: the
 * code has moved on, and the mutant has to follow.
 */
export async function bundleSimulation(name: string, edits: readonly TextEdit[]): Promise<string> {
  const outfile = `${CACHE}simulation-${name}.cjs`;
  await build({
    entryPoints: [`${ROOT}tests/simulation/command.ts`],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    sourcemap: "inline",
    conditions: ["@confab/source"],
    external: ["better-sqlite3", "pino"],
    logLevel: "error",
    plugins: [editSources(edits)],
  });
  return outfile;
}

/** Loads our own sources: edited, and with their real place on disk where they ask for it. */
function editSources(edits: readonly TextEdit[]): Plugin {
  return {
    name: "edit-sources",
    setup(bundle) {
      bundle.onLoad({ filter: /packages[/\\].*[/\\]src[/\\].*\.ts$/ }, async ({ path }) => {
        let source = await readFile(path, "utf8");
        for (const { file, find, replace } of edits) {
          if (path !== `${ROOT}${file}`) continue;
          const occurrences = source.split(find).length - 1;
          if (occurrences !== 1) {
            throw new Error(
              `${file} holds the text of a mutant ${String(occurrences)} times, not once`,
            );
          }
          source = source.replace(find, () => replace);
        }
        const here = JSON.stringify(pathToFileURL(path).href);
        return { contents: source.replaceAll("import.meta.url", here), loader: "ts" };
      });
    },
  };
}
