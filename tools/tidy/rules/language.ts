import ts from "typescript";

import type { FileRule, Spot } from "../rule.js";
import { lineOf, nodesOf } from "../source-file.js";
import type { SourceFile } from "../source-file.js";

/** A thing has one name everywhere. */
export const defaultExports: FileRule = {
  name: "default-export",
  reason: "a default export has another name in every file that imports it",
  fix: "export it by name; only configuration files need a default export",
  *check(file) {
    if (file.kind === "config") return;
    for (const node of nodesOf(file)) {
      const isDefault = ts.isExportAssignment(node) || isDefaultModifier(node) || isAsDefault(node);
      if (isDefault) yield { line: lineOf(node), what: "a default export" };
    }
  },
};

/** TypeScript here is JavaScript with types, nothing that makes code of its own. */
export const typeScriptSyntax: FileRule = {
  name: "typescript-syntax",
  reason: "enums, namespaces and parameter properties are code that only the compiler knows",
  fix: "use a union of strings, a module, a declared field",
  check: (file) => spots(file, syntaxName),
};

/** Nothing escapes the type checker. */
export const anyType: FileRule = {
  name: "any",
  reason: "`any` switches the type checker off for everything it touches",
  fix: "use `unknown` and narrow it, or name the type",
  check: (file) =>
    spots(file, (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? "`any`" : undefined)),
};

function* spots(file: SourceFile, nameOf: (node: ts.Node) => string | undefined): Iterable<Spot> {
  for (const node of nodesOf(file)) {
    const what = nameOf(node);
    if (what !== undefined) yield { line: lineOf(node), what };
  }
}

function syntaxName(node: ts.Node): string | undefined {
  if (ts.isEnumDeclaration(node)) return "an enum";
  if (ts.isModuleDeclaration(node)) {
    // `declare module "x"` and `declare global` describe what exists; they make no code.
    const isAugmentation = ts.isStringLiteral(node.name) || node.name.text === "global";
    return isAugmentation ? undefined : "a namespace";
  }
  if (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent)) {
    return "a parameter property";
  }
  return undefined;
}

function isDefaultModifier(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent);
}

function isAsDefault(node: ts.Node): boolean {
  return ts.isExportSpecifier(node) && node.name.text === "default";
}
