import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { REPOSITORY } from "../bootstrap/repository.js";
import { DOORS } from "./doors.js";
import { IMPORT_RULES } from "./import-rules.js";

const isThere = (...path: string[]) => existsSync(join(REPOSITORY, ...path));

it("the table of imports names only files and folders that exist", () => {
  const entries = IMPORT_RULES.flatMap(({ folder, layers = [], apart = [] }) =>
    [...layers, ...apart].flatMap((line) => line.split(" ").map((name) => `${folder}/${name}`)),
  );
  expect(entries.filter((entry) => !isThere(entry))).toEqual([]);
});

it("the table of doors names only files and folders that exist", () => {
  const entries = DOORS.flatMap(({ within, through }) => through.map((at) => `${within}/${at}`));
  expect(entries.filter((entry) => !isThere(entry))).toEqual([]);
});
