import { defineConfig } from "vitest/config";

const conditions = ["@confab/source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    name: "elements",
    include: ["src/**/*.test.ts"],
    exclude: ["src/**/*.browser.test.ts"],
    // Lit's build for Node is chosen by the conditions above only when it is bundled with the
    // tests.
    server: { deps: { inline: [/lit/u] } },
  },
});
