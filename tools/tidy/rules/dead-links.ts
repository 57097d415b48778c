import { posix } from "node:path";

import type { RepositoryRule, Spot } from "../rule.js";
import type { SourceFile } from "../source-file.js";

const LINK = /\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g;
/** A path in a code span, written from the root; patterns and placeholders are not meant. */
const CODE_PATH = /`((?:packages|examples|tests|tools|docs)\/[\w./-]*\w)`/g;
const BUILT = /\/(dist|node_modules)(\/|$)/;

interface Reference extends Spot {
  readonly path: string;
  readonly target: string;
}

/** What a page points at is there. */
export const deadLinks: RepositoryRule = {
  name: "dead-link",
  reason: "a page that points at a file which moved sends its reader into the dark",
  fix: "point at where it is now",
  start() {
    const present = new Set<string>();
    const references: Reference[] = [];
    return {
      take(file) {
        // A folder is there when something lies in it.
        for (let path = file.path; path !== "."; path = posix.dirname(path)) present.add(path);
        if (file.kind === "markdown") references.push(...referencesIn(file));
      },
      *findings() {
        for (const { target, ...place } of references) {
          if (!present.has(target) && !BUILT.test(target)) yield place;
        }
      },
    };
  },
};

function* referencesIn({ path, lines }: SourceFile): Iterable<Reference> {
  for (const [index, text] of lines.entries()) {
    for (const [, link = ""] of text.matchAll(LINK)) {
      const target = posix.join(posix.dirname(path), link).replace(/\/$/, "");
      yield { path, line: index + 1, what: `${link} does not exist`, target };
    }
    for (const [, target = ""] of text.matchAll(CODE_PATH)) {
      yield { path, line: index + 1, what: `${target} does not exist`, target };
    }
  }
}
