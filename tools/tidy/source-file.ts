import ts from "typescript";

/** What a file is for, by its name: the rules differ. */
export type FileKind = "source" | "test" | "config" | "markdown" | "page" | "styles" | "other";

/** A file as the rules see it. */
export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly kind: FileKind;
  /** The parsed program text of TypeScript and JavaScript. */
  readonly syntax?: ts.SourceFile;
}

const CODE = /\.[cm]?[jt]sx?$/;
const TEST = /\.(test|spec|contract|bench|chaos)\.[cm]?[jt]sx?$/;
const CONFIG = /(^|\/)([\w.-]+\.)?config\.[cm]?[jt]s$/;

/** Parses one file. */
export function readSourceFile(path: string, text: string): SourceFile {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const file = { path, text, lines, kind: kindOf(path) };
  if (!CODE.test(path)) return file;
  return { ...file, syntax: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

/** Tells whether the file is a program, written for the product, the tests or the repository. */
export function isCode({ kind }: SourceFile): boolean {
  return kind === "source" || kind === "test" || kind === "config";
}

/** Tells whether the file is part of what runs at a user's; `testing` is what tests are made of. */
export function isProduct({ path, kind }: SourceFile): boolean {
  const isSource = kind === "source" && /^packages\/[^/]+\/src\//.test(path);
  return isSource && !path.includes("/testing/");
}

/** The line of a node, from 1. */
export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/** All nodes of a file in the order they are written; none when it is not a program. */
export function* nodesOf({ syntax }: SourceFile): Iterable<ts.Node> {
  if (syntax !== undefined) yield* descendants(syntax);
}

function* descendants(node: ts.Node): Iterable<ts.Node> {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) {
    yield child;
    yield* descendants(child);
  }
}

function kindOf(path: string): FileKind {
  if (TEST.test(path)) return "test";
  if (CONFIG.test(path)) return "config";
  if (CODE.test(path)) return "source";
  if (path.endsWith(".md")) return "markdown";
  if (path.endsWith(".html")) return "page";
  if (path.endsWith(".css")) return "styles";
  return "other";
}
