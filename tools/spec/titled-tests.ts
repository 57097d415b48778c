import ts from "typescript";

import { lineOf, nodesOf } from "../tidy/source-file.js";
import type { SourceFile } from "../tidy/source-file.js";

/** A test, or a suite of tests, whose title begins with the ids of rules. */
export interface TitledTest {
  readonly ids: readonly string[];
  readonly path: string;
  readonly line: number;
}

const TEST_NAMES = new Set(["it", "test"]);
const SUITE_NAMES = new Set(["describe", "suite"]);
const LEADING_IDS = /^(?:\[[A-Z]\d+\]\s*)+/;

/** Finds the tests of a file that name rules; `[L4][L5] …` counts for both. */
export function* titledTests(file: SourceFile): Iterable<TitledTest> {
  if (file.kind !== "test") return;
  for (const node of nodesOf(file)) {
    if (!ts.isCallExpression(node) || !isTest(node)) continue;
    const ids = idsOf(node.arguments[0]);
    if (ids.length > 0) yield { ids, path: file.path, line: lineOf(node) };
  }
}

/** A suite counts only when something is tested in it. */
function isTest(call: ts.CallExpression): boolean {
  const name = rootName(call.expression);
  if (name === undefined) return false;
  return TEST_NAMES.has(name) || (SUITE_NAMES.has(name) && holdsTest(call));
}

function holdsTest(node: ts.Node): boolean {
  const isItself = ts.isCallExpression(node) && TEST_NAMES.has(rootName(node.expression) ?? "");
  return isItself || (ts.forEachChild(node, (child) => holdsTest(child) || undefined) ?? false);
}

/** `it` of `it(…)`, `it.each(…)(…)` and `` it.each`…`(…) ``. */
function rootName(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) return rootName(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return rootName(expression.tag);
  if (!ts.isCallExpression(expression)) return undefined;
  // Only a call such as `it.each(table)` stands for the test; `it("…")()` would not.
  return ts.isPropertyAccessExpression(expression.expression)
    ? rootName(expression.expression)
    : undefined;
}

function idsOf(title: ts.Expression | undefined): string[] {
  const text = beginningOf(title);
  const leading = LEADING_IDS.exec(text)?.[0] ?? "";
  return [...leading.matchAll(/[A-Z]\d+/g)].map(([id]) => id);
}

function beginningOf(title: ts.Expression | undefined): string {
  if (title === undefined) return "";
  if (ts.isStringLiteralLike(title)) return title.text;
  if (ts.isTemplateExpression(title)) return title.head.text;
  return ts.isBinaryExpression(title) ? beginningOf(title.left) : "";
}
