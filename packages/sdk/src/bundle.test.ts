import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { describe, expect, it } from "vitest";

/**
 * What a page loads at first, minified and compressed. Above the goal of 15 kB: see decision 0019.
 */
const BUNDLE_MAX_BYTES = 27_200;

/** What a page loads at first: the parts that come later are files of their own. */
async function bundle() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, ".."),
    entryPoints: ["src/index.ts"],
    bundle: true,
    minify: true,
    splitting: true,
    outdir: "out",
    format: "esm",
    target: "es2022",
    conditions: ["@confab/source"],
    define: { "process.env.NODE_ENV": '"production"' },
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const entry = Object.keys(metafile.outputs).find((path) => path.endsWith("/index.js"))!;
  const paths = [entry, ...importsOf(metafile, entry)];
  const codes = paths.map((path) => outputFiles.find((file) => file.path.endsWith(path))!.contents);
  return {
    inputs: paths.flatMap((path) => Object.keys(metafile.outputs[path]!.inputs)),
    code: Buffer.concat(codes),
  };
}

function importsOf({ outputs }: Metafile, path: string): string[] {
  const imports = outputs[path]!.imports.filter(({ kind }) => kind === "import-statement");
  return imports.map((it) => it.path);
}

describe("the bundle of a page", () => {
  it("has no schema library in it, and nothing of Node", async () => {
    const { inputs } = await bundle();
    expect(inputs.filter((path) => path.includes("zod"))).toEqual([]);
    expect(inputs.filter((path) => path.includes("/testing/"))).toEqual([]);
    expect(inputs.filter((path) => path.includes("node_modules/ws/"))).toEqual([]);
  });

  it("leaves the storage and the line without a socket for later", async () => {
    const { inputs } = await bundle();
    expect(inputs.filter((path) => /tab-storage|indexeddb|http-transport/.test(path))).toEqual([]);
    expect(inputs).toContain("src/lazy-storage.ts");
  });

  it("is at most 27.2 kB", async () => {
    const { code } = await bundle();
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(BUNDLE_MAX_BYTES);
  });
});

describe("importing", () => {
  it("does nothing: no timer, no socket, no DOM needed", () => {
    const script = `
      const fail = (name) => () => { throw new Error(name + " was used"); };
      globalThis.setTimeout = fail("setTimeout");
      globalThis.setInterval = fail("setInterval");
      globalThis.fetch = fail("fetch");
      const before = new Set(Object.keys(globalThis));
      const sdk = await import("./index.ts");
      const made = Object.keys(globalThis).filter((name) => !before.has(name));
      if (made.join() !== "nanostoresGlobal") throw new Error("made " + made.join());
      process.stdout.write(Object.keys(sdk).sort().join(" "));
    `;
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--conditions=@confab/source", "--import", "tsx", "--input-type=module", "--eval", script],
      { cwd: import.meta.dirname, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toBe("ChatError ERROR_CODES createChat isChatError requestGuest");
  });
});
