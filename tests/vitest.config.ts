import { defineConfig } from "vitest/config";

const fromSource = {
  resolve: { conditions: ["@confab/source"] },
  ssr: { resolve: { conditions: ["@confab/source"] } },
};

/** What crosses a package line. Each project is a stage of `npm test`, with its own patience. */
export default defineConfig({
  test: {
    projects: [
      {
        ...fromSource,
        test: {
          name: "simulation",
          include: ["simulation/*.test.ts"],
          exclude: ["simulation/mutation-gate.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "mutation",
          include: ["simulation/mutation-gate.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...fromSource,
        test: {
          name: "chaos",
          include: ["chaos/**/*.test.ts", "network/*.test.ts"],
          testTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        ...fromSource,
        test: {
          name: "e2e",
          include: ["e2e/*.spec.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
