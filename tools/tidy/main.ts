/** `npm run tidy`: prints every place where the repository breaks its own rules. */
import { REPOSITORY } from "../bootstrap/repository.js";
import { checkFiles } from "./check-files.js";
import { applyExceptions } from "./exceptions.js";
import type { Finding } from "./finding.js";
import { FILE_RULES, REPOSITORY_RULES } from "./rules.js";
import { walkRepository } from "./walk-repository.js";

const { findings, idle } = applyExceptions(checkFiles(walkRepository(REPOSITORY)));

for (const rule of [...FILE_RULES, ...REPOSITORY_RULES]) {
  const own = findings.filter((finding) => finding.rule === rule.name);
  if (own.length > 0) console.log([heading(rule), ...own.map(place), ""].join("\n"));
}
for (const { rule, path } of idle) {
  console.log(
    `exceptions.ts excuses ${path} from ${rule}, which it does not need: delete the line`,
  );
}

const problemCount = findings.length + idle.length;
console.log(problemCount === 0 ? "tidy: nothing to complain about" : `tidy: ${problemCount}`);
process.exitCode = problemCount === 0 ? 0 : 1;

function heading({
  name,
  reason,
  fix,
}: (typeof FILE_RULES)[number] | (typeof REPOSITORY_RULES)[number]) {
  return `${name}: ${reason}.\n  How to mend it: ${fix}.`;
}

function place({ path, line, what }: Finding): string {
  return `  ${path}:${line}  ${what}`;
}
