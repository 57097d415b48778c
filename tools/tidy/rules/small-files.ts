import type { RepositoryRule } from "../rule.js";

const SMALL_FILE_LINES = 200;
const SMALL_FILE_SHARE = 0.95;

/** Nearly all source files are far below the limit. */
export const smallFiles: RepositoryRule = {
  name: "small-files",
  reason:
    `${SMALL_FILE_SHARE * 100} % of the source files have fewer than ${SMALL_FILE_LINES} lines; ` +
    "the limit is for the few that cannot be cut",
  fix: "split one of the long files",
  start() {
    const long: { path: string; lineCount: number }[] = [];
    let total = 0;
    return {
      take({ path, kind, lines }) {
        if (kind !== "source") return;
        total += 1;
        if (lines.length >= SMALL_FILE_LINES) long.push({ path, lineCount: lines.length });
      },
      *findings() {
        if (long.length <= total * (1 - SMALL_FILE_SHARE)) return;
        for (const { path, lineCount } of long) {
          yield { path, line: SMALL_FILE_LINES, what: longFile(lineCount, long.length, total) };
        }
      },
    };
  },
};

function longFile(lineCount: number, longCount: number, total: number): string {
  return `${lineCount} lines, one of ${longCount} long files among ${total}`;
}
