import { defineConfig } from "tsup";

/**
 * ES modules with types. The commit worker is an entry of its own, since it is started by its file
 * name; shared chunks lie beside the entries, where the migrations and `package.json` are found by
 * the same relative way as from the source.
 */
export default defineConfig({
  entry: {
    main: "src/main.ts",
    index: "src/index.ts",
    "testing/index": "src/testing/index.ts",
    "commit-worker": "src/storage/commit-worker.ts",
  },
  format: ["esm"],
  dts: {
    entry: { index: "src/index.ts", "testing/index": "src/testing/index.ts" },
    compilerOptions: { ignoreDeprecations: "6.0" },
  },
  target: "node20",
  sourcemap: true,
});
