import { defineConfig } from "vitest/config";

const conditions = ["@confab/source"];

/** Packages find each other's source, so no build is needed to test. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: "sdk", include: ["src/**/*.test.ts"], exclude: ["src/**/*.browser.test.ts"] },
});
