import { defineConfig } from "vitest/config";

/** Packages are tested from their source, so that no build is needed. */
const conditions = ["@confab/source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { include: ["src/**/*.test.ts"], testTimeout: 60_000 },
});
