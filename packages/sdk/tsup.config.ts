import { defineConfig } from "tsup";

/** ESM and CommonJS with types for each published entry; dependencies stay outside the bundle. */
export default defineConfig({
  entry: {
    index: "src/index.ts",
    indexeddb: "src/indexeddb.ts",
    "protocol/index": "src/protocol/index.ts",
    "testing/index": "src/testing/index.ts",
  },
  format: ["esm", "cjs"],
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  target: "es2022",
  sourcemap: true,
});
