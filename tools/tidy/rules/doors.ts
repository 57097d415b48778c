import ts from "typescript";

import { DOORS } from "../doors.js";
import type { Door } from "../doors.js";
import { importsOf } from "../imports-of.js";
import { isBelow } from "../is-below.js";
import { matchesPackage } from "../matches-package.js";
import type { FileRule, Spot } from "../rule.js";
import { isProduct, lineOf, nodesOf } from "../source-file.js";
import type { SourceFile } from "../source-file.js";

/** The objects through which a global can also be reached. */
const GLOBAL_OBJECTS = new Set(["globalThis", "window", "self", "global"]);
/** What Node.js exports under the same name as the global, or as its equivalent. */
const MODULE_GLOBALS: Readonly<Record<string, string>> = {
  randomUUID: "crypto.randomUUID",
  randomBytes: "crypto.getRandomValues",
  randomInt: "Math.random",
};

/** Each thing from outside comes in through one place. */
export const doors: FileRule = {
  name: "door",
  reason: "one door per outside thing (`tools/tidy/doors.ts`) can be watched, replaced and tested",
  fix: "use what the door offers, or let it be handed in",
  *check(file) {
    if (!isProduct(file)) return;
    const closed = DOORS.filter((door) => isClosedTo(door, file.path));
    if (closed.length === 0) return;
    yield* moduleSpots(file, closed);
    yield* globalSpots(file, closed);
  },
};

function isClosedTo({ within, through }: Door, path: string): boolean {
  return isBelow(path, within) && !through.some((place) => isBelow(path, `${within}/${place}`));
}

function* moduleSpots(file: SourceFile, closed: readonly Door[]): Iterable<Spot> {
  for (const { specifier, line, isTypeOnly } of importsOf(file)) {
    const door = closed.find(
      ({ modules = [], areTypesFree }) =>
        !(isTypeOnly && areTypesFree === true) &&
        modules.some((pattern) => matchesPackage(specifier, pattern)),
    );
    if (door !== undefined) yield { line, what: message(specifier, door) };
  }
}

function* globalSpots(file: SourceFile, closed: readonly Door[]): Iterable<Spot> {
  for (const node of nodesOf(file)) {
    const name = globalName(node);
    const door = closed.find(({ globals = [] }) => name !== undefined && globals.includes(name));
    if (name !== undefined && door !== undefined) {
      yield { line: lineOf(node), what: message(name, door) };
    }
  }
}

/** The global a node stands for, such as `Date.now`; undefined when it stands for none. */
function globalName(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node) && isGlobal(node.expression, "Date")) {
    // A date made from a time someone else read is only arithmetic.
    return (node.arguments ?? []).length === 0 ? "new Date" : undefined;
  }
  if (ts.isCallExpression(node) && isGlobal(node.expression, "Date")) return "Date()";
  if (ts.isPropertyAccessExpression(node)) return memberName(node);
  if (ts.isImportSpecifier(node)) return MODULE_GLOBALS[(node.propertyName ?? node.name).text];
  return ts.isIdentifier(node) && isFreeName(node) ? node.text : undefined;
}

function memberName({ expression, name }: ts.PropertyAccessExpression): string | undefined {
  if (ts.isIdentifier(expression)) {
    return GLOBAL_OBJECTS.has(expression.text) ? name.text : `${expression.text}.${name.text}`;
  }
  const isNested = ts.isPropertyAccessExpression(expression);
  return isNested && isGlobalObject(expression.expression)
    ? `${expression.name.text}.${name.text}`
    : undefined;
}

function isGlobal(node: ts.Expression, name: string): boolean {
  if (ts.isIdentifier(node)) return node.text === name;
  return (
    ts.isPropertyAccessExpression(node) &&
    isGlobalObject(node.expression) &&
    node.name.text === name
  );
}

function isGlobalObject(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && GLOBAL_OBJECTS.has(node.text);
}

/** An identifier that is used, not one that names a member or something declared here. */
function isFreeName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  const isName = "name" in parent && parent.name === node;
  return !isName && !ts.isTypeNode(parent) && !ts.isImportSpecifier(parent);
}

function message(name: string, { what, within, through }: Door): string {
  return `\`${name}\`; ${what} is met only in ${through.map((at) => `${within}/${at}`).join(", ")}`;
}
