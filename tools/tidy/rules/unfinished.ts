import ts from "typescript";

import type { FileRule } from "../rule.js";
import { isCode, lineOf, nodesOf } from "../source-file.js";

const MARKER = /\b(TO-?DO|FIX-?ME|X{3}|HAC[K])\b/;
const ISSUE_NUMBER = /#\d+/;
const TEST_NAMES = new Set(["it", "test", "describe", "suite"]);
const PARTIAL = new Set(["only", "skip", "todo", "skipIf", "runIf", "fails"]);
const PARTIAL_NAMES = new Set(["fit", "fdescribe", "xit", "xtest", "xdescribe"]);

/** What is left to do is written where work is planned. */
export const openTasks: FileRule = {
  name: "todo",
  reason: "a note that no issue knows is never read again",
  fix: "open an issue and name it (`… #12`), or do it now",
  *check(file) {
    if (!isCode(file) && file.kind !== "page" && file.kind !== "styles") return;
    for (const [index, line] of file.lines.entries()) {
      const marker = MARKER.exec(line)?.[0];
      if (marker === undefined || ISSUE_NUMBER.test(line)) continue;
      yield { line: index + 1, what: `${marker} without an issue number` };
    }
  },
};

/** Every test that is written runs. */
export const partialTests: FileRule = {
  name: "partial-tests",
  reason: "a test that is left out, or that leaves the others out, proves nothing",
  fix: "run all tests; delete one that has no meaning any more",
  *check(file) {
    if (file.kind !== "test") return;
    for (const node of nodesOf(file)) {
      const what = partialCall(node);
      if (what !== undefined) yield { line: lineOf(node), what: `\`${what}\`` };
    }
  },
};

function partialCall(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && PARTIAL.has(node.name.text)) {
    const root = rootName(node.expression);
    return root !== undefined && TEST_NAMES.has(root) ? `${root}.${node.name.text}` : undefined;
  }
  const isCall = ts.isCallExpression(node) && ts.isIdentifier(node.expression);
  return isCall && PARTIAL_NAMES.has(node.expression.text) ? node.expression.text : undefined;
}

function rootName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? rootName(node.expression) : undefined;
}
