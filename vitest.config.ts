import { defineConfig } from "vitest/config";

/** Unit and integration tests of every package; each one says in its own file how they run. */
export default defineConfig({
  test: { projects: ["packages/*/vitest.config.ts", "tools/vitest.config.ts"] },
});
