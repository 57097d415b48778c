import { defineConfig } from "drizzle-kit";

/**
 * Migrations are generated from the tables (`npm run migration -- --name what-changed`) and
 * reviewed like code.
 */
export default defineConfig({
  dialect: "sqlite",
  schema: "./src/storage/tables/*.table.ts",
  out: "./drizzle",
});
