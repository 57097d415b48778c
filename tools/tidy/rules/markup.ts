import ts from "typescript";

import type { FileRule, Spot } from "../rule.js";
import { isProduct, lineOf, nodesOf } from "../source-file.js";
import type { SourceFile } from "../source-file.js";

/** Names of everything that turns text into markup or code. */
const DANGEROUS = new Set([
  "innerHTML",
  "outerHTML",
  "insertAdjacentHTML",
  "createContextualFragment",
  "setHTMLUnsafe",
  "srcdoc",
  "unsafeHTML",
  "unsafeSVG",
  "unsafeMathML",
  "unsafeCSS",
  "eval",
  "cssText",
  "styleMap",
]);
const STYLE_ATTRIBUTE = /\sstyle\s*=/i;

/** User content never becomes markup, and the strictest page policy holds. */
export const unsafeMarkup: FileRule = {
  name: "unsafe-markup",
  reason: "no script runs from user content, under a strict CSP and Trusted Types",
  fix: "use a Lit template, a class and a stylesheet",
  check: (file) => (file.kind === "page" ? pageSpots(file) : programSpots(file)),
};

function* programSpots(file: SourceFile): Iterable<Spot> {
  if (!isProduct(file)) return;
  for (const node of nodesOf(file)) {
    const what = dangerIn(node);
    if (what !== undefined) yield { line: lineOf(node), what };
  }
}

function dangerIn(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node) && DANGEROUS.has(node.text)) return `\`${node.text}\``;
  if (ts.isStringLiteral(node) && DANGEROUS.has(node.text)) return `\`${node.text}\``;
  if (ts.isNewExpression(node) && node.expression.getText() === "Function") return "`new Function`";
  if (ts.isCallExpression(node) && /^document\.write(ln)?$/.test(node.expression.getText())) {
    return "`document.write`";
  }
  const isTemplate = ts.isTemplateLiteralToken(node);
  return isTemplate && STYLE_ATTRIBUTE.test(node.text) ? "a `style=` attribute" : undefined;
}

function* pageSpots({ lines }: SourceFile): Iterable<Spot> {
  for (const [index, line] of lines.entries()) {
    if (STYLE_ATTRIBUTE.test(line)) yield { line: index + 1, what: "a `style=` attribute" };
    if (/\son[a-z]+\s*=/i.test(line)) yield { line: index + 1, what: "an inline event handler" };
  }
}
