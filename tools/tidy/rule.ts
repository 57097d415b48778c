import type { Finding } from "./finding.js";
import type { SourceFile } from "./source-file.js";

/** What a rule says about itself, for the message. */
interface RuleText {
  readonly name: string;
  /** Why the rule exists: one sentence. */
  readonly reason: string;
  /** What to do about a finding: one sentence. */
  readonly fix: string;
}

/** A place in the file being looked at. */
export interface Spot {
  readonly line: number;
  readonly what: string;
}

/** A rule that needs to see one file at a time. */
export interface FileRule extends RuleText {
  check(file: SourceFile): Iterable<Spot>;
}

/**
 * A rule over the whole repository. It takes from each file the little it has to remember, so that
 * no file stays in memory, and answers when all have passed by.
 */
export interface RepositoryRule extends RuleText {
  start(): { take(file: SourceFile): void; findings(): Iterable<Omit<Finding, "rule">> };
}
