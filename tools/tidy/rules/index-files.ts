import { posix } from "node:path";

import ts from "typescript";

import type { RepositoryRule } from "../rule.js";
import { lineOf } from "../source-file.js";
import type { SourceFile } from "../source-file.js";

interface IndexFile {
  readonly path: string;
  /** Line of the first statement that is not an export or import. */
  readonly logicLine: number | undefined;
}

/** An index is the list of what a package publishes, and nothing else. */
export const indexFiles: RepositoryRule = {
  name: "index-file",
  reason: "an `index.ts` is the list of what a package publishes: no code, and only at an entry",
  fix: "move the code into a file named after it; import that file directly",
  start() {
    const indexes: IndexFile[] = [];
    const manifests: { folder: string; text: string }[] = [];
    return {
      take(file) {
        const name = posix.basename(file.path);
        const folder = posix.dirname(file.path);
        if (name === "package.json") manifests.push({ folder, text: file.text });
        if (name === "index.ts") {
          indexes.push({ path: file.path, logicLine: firstLogicLine(file) });
        }
      },
      *findings() {
        for (const { path, logicLine } of indexes) {
          if (logicLine !== undefined) yield { path, line: logicLine, what: "code in an index" };
          const isEntry = manifests.some(({ folder, text }) =>
            text.includes(`"./${posix.relative(folder, path)}"`),
          );
          if (!isEntry) yield { path, line: 1, what: "an index that no package.json publishes" };
        }
      },
    };
  },
};

function firstLogicLine({ syntax }: SourceFile): number | undefined {
  const logic = syntax?.statements.find(
    (statement) => !ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement),
  );
  return logic === undefined ? undefined : lineOf(logic);
}
