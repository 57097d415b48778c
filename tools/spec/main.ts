/** `npm run spec`: proves that every rule of the protocol page has a test, and prints which. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { REPOSITORY } from "../bootstrap/repository.js";
import { readSourceFile } from "../tidy/source-file.js";
import { walkRepository } from "../tidy/walk-repository.js";
import { coverageProblems } from "./check-coverage.js";
import { coverageTable } from "./coverage-table.js";
import { MAX_RULES_NOT_BUILT } from "./max-rules-not-built.js";
import { readNotBuilt } from "./read-not-built.js";
import { readRules } from "./read-rules.js";
import { titledTests } from "./titled-tests.js";
import type { TitledTest } from "./titled-tests.js";

const input = {
  rules: readRules(readPage("docs/reference/protocol.md")),
  notBuilt: readNotBuilt(readPage("docs/reference/rules-not-built.md")),
  tests: [...testsOfRepository()],
  maxRulesNotBuilt: MAX_RULES_NOT_BUILT,
};
console.log(coverageTable(input));
const problems = coverageProblems(input);
if (problems.length > 0) console.error(["", ...problems.map((text) => `spec: ${text}`)].join("\n"));
process.exitCode = problems.length === 0 ? 0 : 1;

function readPage(path: string): string {
  return readFileSync(join(REPOSITORY, path), "utf8");
}

function* testsOfRepository(): Iterable<TitledTest> {
  for (const { path, text } of walkRepository(REPOSITORY)) {
    // The tests of this tool are full of invented ids.
    if (!path.startsWith("tools/")) yield* titledTests(readSourceFile(path, text));
  }
}
