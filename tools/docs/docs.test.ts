import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { ERROR_CODES } from "../../packages/sdk/src/protocol/error-codes.js";
import { REPOSITORY } from "../bootstrap/repository.js";
import { errorTable } from "./error-table.js";
import { fillPage } from "./fill-page.js";
import { GENERATED_PAGES } from "./generated-pages.js";
import { renderPage } from "./render-page.js";

describe("the generated pages", () => {
  it.each(GENERATED_PAGES)("finds $path as `npm run docs` would write it", async (page) => {
    const committed = readFileSync(join(REPOSITORY, page.path), "utf8");
    expect(committed).toBe(await renderPage(page));
  });
});

describe("the table of errors", () => {
  it("has a row for every code, with its numbers and its sentence", () => {
    const lines = errorTable().split("\n");
    expect(lines).toHaveLength(Object.keys(ERROR_CODES).length + 2);
    const row = lines.find((line) => line.startsWith("| `unauthenticated` |"));
    expect(row).toContain("| 401 | 4500 |");
    expect(row).toContain(ERROR_CODES.unauthenticated.sentence);
  });

  it("gives every row as many cells as the head", () => {
    const widths = errorTable()
      .split("\n")
      .map((line) => line.split("|").length);
    expect(new Set(widths).size).toBe(1);
  });
});

describe("filling a page", () => {
  const page = [
    "# Title",
    "<!-- list: written by npm run docs -->",
    "old",
    "<!-- end of list -->",
    "Text",
  ].join("\n");

  it("replaces the part and keeps what people wrote", () => {
    expect(fillPage(page, "list", "new")).toBe(
      "# Title\n<!-- list: written by npm run docs -->\n\nnew\n\n<!-- end of list -->\nText",
    );
  });

  it("refuses a page without the part, or with two of it", () => {
    expect(() => fillPage("# Title", "list", "new")).toThrow("unable to fill the page");
    expect(() => fillPage(page + page, "list", "new")).toThrow("unable to fill the page");
  });
});
