import { isBelow } from "./is-below.js";
import type { Finding } from "./finding.js";

/** A place where a rule does not hold, and why that is right. */
export interface Exception {
  readonly rule: string;
  /** A file, or a folder with everything in it. */
  readonly path: string;
  readonly reason: string;
}

/** Every exception there is. One that is not needed any more is reported too. */
export const EXCEPTIONS: readonly Exception[] = [];

/** What is left of the findings, and the exceptions that excused nothing. */
export function applyExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[] = EXCEPTIONS,
): { readonly findings: Finding[]; readonly idle: Exception[] } {
  const excuses = (exception: Exception, finding: Finding) =>
    exception.rule === finding.rule && isBelow(finding.path, exception.path);
  return {
    findings: findings.filter((finding) => !exceptions.some((entry) => excuses(entry, finding))),
    idle: exceptions.filter((entry) => !findings.some((finding) => excuses(entry, finding))),
  };
}
