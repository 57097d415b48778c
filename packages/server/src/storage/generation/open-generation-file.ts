import { readFileSync, renameSync, writeFileSync } from "node:fs";
import * as z from "zod";
import type { GenerationFile } from "./generation.js";

const generationSchema = z.object({ database: z.string().min(1), commits: z.int().min(0) });

/** The generation file at this path. It is small, and written beside and then put in its place. */
export function openGenerationFile(path: string): GenerationFile {
  return {
    read() {
      try {
        return generationSchema.parse(JSON.parse(readFileSync(path, "utf8")));
      } catch {
        return undefined;
      }
    },
    write({ database, commits }) {
      const beside = `${path}.new`;
      try {
        writeFileSync(beside, `${JSON.stringify({ database, commits })}\n`, { mode: 0o600 });
        renameSync(beside, path);
      } catch {
        // The old file stays: it says fewer commits, which is true as well.
      }
    },
  };
}
