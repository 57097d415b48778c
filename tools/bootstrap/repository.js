import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder everything in `tools/` works on: the root of this checkout. */
export const REPOSITORY = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
