import { readFileSync } from "node:fs";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { REPOSITORY } from "../bootstrap/repository.js";
import { fillPage } from "./fill-page.js";
import type { GeneratedPage } from "./generated-pages.js";

/** The page as it has to be: with its generated part as of now, in the format of the repository. */
export async function renderPage({ path, part, generate }: GeneratedPage): Promise<string> {
  const file = join(REPOSITORY, path);
  const filled = fillPage(readFileSync(file, "utf8"), part, generate());
  return format(filled, { ...(await resolveConfig(file)), filepath: file });
}
