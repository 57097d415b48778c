/** `npm run docs`: writes the generated parts of the documentation. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { REPOSITORY } from "../bootstrap/repository.js";
import { GENERATED_PAGES } from "./generated-pages.js";
import { renderPage } from "./render-page.js";

for (const page of GENERATED_PAGES) {
  writeFileSync(join(REPOSITORY, page.path), await renderPage(page));
  console.log(`docs: ${page.path}`);
}
