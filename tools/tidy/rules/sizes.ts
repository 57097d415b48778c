import ts from "typescript";

import type { FileRule, Spot } from "../rule.js";
import { isCode, lineOf, nodesOf } from "../source-file.js";
import type { SourceFile } from "../source-file.js";

const MAX_SOURCE_LINES = 300;
const MAX_TEST_LINES = 500;
const MAX_FUNCTION_LINES = 60;
const MAX_LINE_COLUMNS = 100;

/** A file stays small enough to be read in one go. */
export const fileLength: FileRule = {
  name: "file-length",
  reason:
    `a source file has at most ${MAX_SOURCE_LINES} lines and a test file ${MAX_TEST_LINES}, ` +
    "so that it can be read in one go",
  fix: "split it where it does a second thing",
  *check(file) {
    if (!isCode(file) && file.kind !== "styles") return;
    const max = file.kind === "test" ? MAX_TEST_LINES : MAX_SOURCE_LINES;
    const { length } = file.lines;
    if (length > max) yield { line: max + 1, what: `${length} lines` };
  },
};

/** A function stays small enough to be held in mind. */
export const functionLength: FileRule = {
  name: "function-length",
  reason: `a function has at most ${MAX_FUNCTION_LINES} lines, so that it fits on a screen`,
  fix: "name a part of it and move it below",
  *check(file) {
    // A test file nests its tests in suites, which are functions only by the way.
    if (file.kind !== "source") return;
    for (const node of nodesOf(file)) {
      if (!isFunction(node)) continue;
      const length = lastLine(node) - lineOf(node) + 1;
      if (length <= MAX_FUNCTION_LINES) continue;
      yield { line: lineOf(node), what: `a function of ${length} lines` };
    }
  },
};

/** A line fits beside another file. */
export const lineLength: FileRule = {
  name: "line-length",
  reason: `a line has at most ${MAX_LINE_COLUMNS} columns, so that two files fit side by side`,
  fix: "run `npm run format`, then break what is left: a string, a comment",
  check: (file) => (isCode(file) || file.kind === "styles" ? longLines(file) : []),
};

function* longLines({ lines }: SourceFile): Iterable<Spot> {
  for (const [index, line] of lines.entries()) {
    const columns = Array.from(line).length;
    if (columns <= MAX_LINE_COLUMNS) continue;
    yield { line: index + 1, what: `${columns} columns` };
  }
}

function isFunction(node: ts.Node): boolean {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node)
  );
}

function lastLine(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getEnd()).line + 1;
}
