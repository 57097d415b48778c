import { posix } from "node:path";

import ts from "typescript";

import { importsOf, resolveFrom } from "../imports-of.js";
import type { RepositoryRule } from "../rule.js";
import { isCode, isProduct, nodesOf } from "../source-file.js";
import type { SourceFile } from "../source-file.js";

const CODE_PATH = /[\w@*./-]+\.[cm]?[jt]s\b/g;
const QUOTED_CODE_PATH = /^\.{0,2}[\w@*./-]+\.[cm]?[jt]s$/;

interface Program {
  /** Other files it imports or names in a string, as a worker or a page does. */
  readonly uses: readonly string[];
  readonly isProduct: boolean;
  /** Started by something other than an import: a test, a configuration, an example. */
  readonly isStarted: boolean;
}

/** Nothing lies around. */
export const unusedFiles: RepositoryRule = {
  name: "unused-file",
  reason: "a file that nothing uses is read by everybody and helps nobody",
  fix: "delete it, import it, or name it in the `exports` or `scripts` of its package.json",
  start() {
    const programs = new Map<string, Program>();
    const entries: string[] = [];
    return {
      take(file) {
        if (posix.basename(file.path) === "package.json") entries.push(...pathsIn(file));
        if (!isCode(file)) return;
        if (file.kind === "config") entries.push(...pathsIn(file));
        programs.set(file.path, programOf(file));
      },
      *findings() {
        const all = [...programs.keys()];
        const named = entries.flatMap((entry) => expand(entry, all));
        const started = all.filter((path) => programs.get(path)?.isStarted);
        const forProduct = reachable(programs, named);
        const forAnything = reachable(programs, [...named, ...started]);
        for (const [path, program] of programs) {
          if (!forAnything.has(path)) yield { path, line: 1, what: "a file nothing uses" };
          else if (program.isProduct && !forProduct.has(path)) {
            yield { path, line: 1, what: "a file only tests use" };
          }
        }
      },
    };
  },
};

function programOf(file: SourceFile): Program {
  return {
    uses: [...referencesOf(file)],
    isProduct: isProduct(file),
    isStarted: file.kind !== "source" || /^examples\/[^/]+\/[^/]+$/.test(file.path),
  };
}

function* referencesOf(file: SourceFile): Iterable<string> {
  for (const { target } of importsOf(file)) if (target !== undefined) yield target;
  for (const node of nodesOf(file)) {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (!isText || !QUOTED_CODE_PATH.test(node.text)) continue;
    yield resolveFrom(file.path, node.text);
    // Some programs are named from the root: `${ROOT}tests/simulation/command.ts`.
    yield node.text;
  }
}

/** Every path of a program that a package.json or a configuration mentions, from the root. */
function pathsIn({ path, text }: SourceFile): string[] {
  const folder = posix.dirname(path);
  return [...text.matchAll(CODE_PATH)].map(([found]) => posix.join(folder, found));
}

function expand(pattern: string, paths: readonly string[]): string[] {
  if (!pattern.includes("*")) return [pattern];
  const expression = pattern
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/|\*/g, (stars) => (stars === "*" ? "[^/]*" : "(.*/)?"));
  return paths.filter((path) => new RegExp(`^${expression}$`).test(path));
}

function reachable(programs: ReadonlyMap<string, Program>, from: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const open = [...from];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    // TypeScript also imports plain programs, under the name we took for a `.ts`.
    if (!programs.has(path)) path = path.replace(/\.([cm]?)ts$/, ".$1js");
    const program = programs.get(path);
    if (program === undefined || seen.has(path)) continue;
    seen.add(path);
    open.push(...program.uses);
  }
  return seen;
}
