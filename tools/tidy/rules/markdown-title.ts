import type { FileRule } from "../rule.js";

/** A page says what it is about. */
export const markdownTitle: FileRule = {
  name: "markdown-title",
  reason: "a page without a title cannot be found or linked",
  fix: "begin the file with one line `# What it is about`",
  *check({ path, kind, lines }) {
    // A changeset begins with the versions it raises; its text goes into the changelog.
    if (kind !== "markdown" || path.startsWith(".changeset/")) return;
    const first = lines.find((line) => line.trim() !== "" && !line.startsWith("<!--"));
    if (first?.startsWith("# ") !== true) yield { line: 1, what: "a page without a title" };
  },
};
