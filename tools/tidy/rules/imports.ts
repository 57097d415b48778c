import { posix } from "node:path";

import { IMPORT_RULES } from "../import-rules.js";
import type { ImportRule } from "../import-rules.js";
import { importsOf } from "../imports-of.js";
import type { Import } from "../imports-of.js";
import { isBelow } from "../is-below.js";
import { matchesPackage } from "../matches-package.js";
import type { FileRule } from "../rule.js";
import { isProduct } from "../source-file.js";
import type { SourceFile } from "../source-file.js";

/** Imports go one way, as the table says. */
export const imports: FileRule = {
  name: "import",
  reason:
    "imports go one way, from `tools/tidy/import-rules.ts`, so that a part is understood alone",
  fix: "move the code down, hand the value in from above, or change the table and say why",
  *check(file) {
    const rule = ruleFor(file);
    const hasPlace = rule?.layers === undefined || placeOf(rule, file.path) !== undefined;
    if (!hasPlace) yield { line: 1, what: "a file without a place in the table" };
    for (const entry of importsOf(file)) {
      const what =
        reachesInto(file, entry) ?? (rule && hasPlace ? breaksRule(rule, file, entry) : undefined);
      if (what !== undefined) yield { line: entry.line, what };
    }
  },
};

/** Another package is used by its name, through what it publishes. */
function reachesInto(
  { path, kind }: SourceFile,
  { specifier, target }: Import,
): string | undefined {
  if (/^@confab\/[^/]+\/(src|dist)\//.test(specifier)) return `${specifier} is not published`;
  if (target === undefined || path.startsWith("tools/")) return undefined;

  if (workspaceOf(target) !== workspaceOf(path)) return `${specifier} leaves the package`;
  const isIndex = posix.basename(target) === "index.ts";
  // A test may use a package the way everybody else does.
  return isIndex && kind !== "test" && isBelow(path, posix.dirname(target))
    ? `${specifier} is the list for others, not for its own folder`
    : undefined;
}

/** The row of the table for a file; tests beside a file stand outside of it. */
function ruleFor(file: SourceFile): ImportRule | undefined {
  const isCovered = isProduct(file) || (file.kind === "source" && isBelow(file.path, "examples"));
  return isCovered ? IMPORT_RULES.find(({ folder }) => isBelow(file.path, folder)) : undefined;
}

function breaksRule(rule: ImportRule, { path }: SourceFile, entry: Import): string | undefined {
  const { specifier, target } = entry;
  if (target === undefined) {
    const isAllowed = rule.packages.some((pattern) => matchesPackage(specifier, pattern));
    return isAllowed ? undefined : `${rule.folder} does not use ${specifier}`;
  }
  if (!isBelow(target, rule.folder)) return `${rule.folder} imports nothing outside itself`;

  const from = placeOf(rule, path);
  const to = placeOf(rule, target);
  if (from === undefined || to === undefined) return undefined;
  if (rule.apart?.includes(`${from.name} ${to.name}`)) {
    return `${from.name} stays away from ${to.name}`;
  }
  const isAllowed = to.level < from.level || to.name === from.name;
  return isAllowed ? undefined : `${from.name} stands below ${to.name} or beside it`;
}

function placeOf(rule: ImportRule, path: string): { name: string; level: number } | undefined {
  for (const [level, line] of (rule.layers ?? []).entries()) {
    const name = line.split(" ").find((entry) => isBelow(path, `${rule.folder}/${entry}`));
    if (name !== undefined) return { name, level };
  }
  return undefined;
}

function workspaceOf(path: string): string {
  const [top = "", name = ""] = path.split("/");
  return top === "packages" || top === "examples" ? `${top}/${name}` : top;
}
