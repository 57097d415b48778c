import type { Finding } from "./finding.js";
import { FILE_RULES, REPOSITORY_RULES } from "./rules.js";
import { readSourceFile } from "./source-file.js";

/** A file by its path from the root. */
export interface InputFile {
  readonly path: string;
  readonly text: string;
}

/** Runs every rule over the files, reading one after the other. Exceptions are not applied. */
export function checkFiles(files: Iterable<InputFile>): Finding[] {
  const findings: Finding[] = [];
  const observers = REPOSITORY_RULES.map((rule) => ({ rule, observer: rule.start() }));

  for (const { path, text } of files) {
    const file = readSourceFile(path, text);
    for (const rule of FILE_RULES) {
      for (const spot of rule.check(file)) findings.push({ rule: rule.name, path, ...spot });
    }
    for (const { observer } of observers) observer.take(file);
  }
  for (const { rule, observer } of observers) {
    for (const finding of observer.findings()) findings.push({ rule: rule.name, ...finding });
  }
  return findings;
}
