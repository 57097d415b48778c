import { errorTable } from "./error-table.js";

/** A page with a part that is generated; the rest is written by people. */
export interface GeneratedPage {
  /** From the root. */
  readonly path: string;
  /** Name of the part, between `<!-- <name>: … -->` and `<!-- end of <name> -->`. */
  readonly part: string;
  readonly generate: () => string;
}

/** Everything `npm run docs` writes. */
export const GENERATED_PAGES: readonly GeneratedPage[] = [
  { path: "docs/reference/errors.md", part: "error table", generate: errorTable },
];
