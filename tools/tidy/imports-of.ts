import { posix } from "node:path";

import ts from "typescript";

import { lineOf, nodesOf } from "./source-file.js";
import type { SourceFile } from "./source-file.js";

/** One import, re-export, dynamic import or import type of a file. */
export interface Import {
  readonly line: number;
  /** As written: `lit`, `./room.js`. */
  readonly specifier: string;
  /** Path from the root of the source file meant, when the specifier is relative. */
  readonly target?: string;
  /** Nothing of it is left when the program runs. */
  readonly isTypeOnly: boolean;
}

/** Lists what a file imports, in the order written. */
export function* importsOf(file: SourceFile): Iterable<Import> {
  for (const node of nodesOf(file)) {
    const found = specifierOf(node);
    if (found === undefined) continue;
    const { literal, isTypeOnly } = found;
    const entry = { line: lineOf(node), specifier: literal.text, isTypeOnly };
    yield literal.text.startsWith(".")
      ? { ...entry, target: resolveFrom(file.path, literal.text) }
      : entry;
  }
}

/** Turns a relative specifier into a path from the root; `.js` means the `.ts` beside it. */
export function resolveFrom(importer: string, specifier: string): string {
  const path = posix.join(posix.dirname(importer), specifier);
  // A plain program runs as it is written, so its imports name the file that is there.
  return /\.[cm]?ts$/.test(importer) ? path.replace(/\.([cm]?)js$/, ".$1ts") : path;
}

interface FoundSpecifier {
  readonly literal: ts.StringLiteralLike;
  readonly isTypeOnly: boolean;
}

function specifierOf(node: ts.Node): FoundSpecifier | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteralLike(node.moduleSpecifier)) {
    return { literal: node.moduleSpecifier, isTypeOnly: isTypeImport(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    if (!ts.isStringLiteralLike(node.moduleSpecifier)) return undefined;
    return { literal: node.moduleSpecifier, isTypeOnly: isTypeExport(node) };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument;
    return ts.isStringLiteral(literal) ? { literal, isTypeOnly: true } : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [literal] = node.arguments;
    if (literal === undefined || !ts.isStringLiteralLike(literal)) return undefined;
    return { literal, isTypeOnly: false };
  }
  return undefined;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  if (clause.name !== undefined || clause.namedBindings === undefined) return false;
  const { namedBindings } = clause;
  return ts.isNamedImports(namedBindings) && areAllTypes(namedBindings.elements);
}

function isTypeExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true;
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return false;
  return areAllTypes(exportClause.elements);
}

function areAllTypes(elements: readonly { readonly isTypeOnly: boolean }[]): boolean {
  return elements.length > 0 && elements.every(({ isTypeOnly }) => isTypeOnly);
}
