import type { RuleNotBuilt } from "./read-not-built.js";
import type { SpecRule } from "./read-rules.js";
import type { TitledTest } from "./titled-tests.js";

/** What the check compares. */
export interface CoverageInput {
  readonly rules: readonly SpecRule[];
  readonly notBuilt: readonly RuleNotBuilt[];
  readonly tests: readonly TitledTest[];
  readonly maxRulesNotBuilt: number;
}

/** Says in sentences where page, list and tests disagree; empty when they agree. */
export function coverageProblems(input: CoverageInput): string[] {
  return [
    ...pageProblems(input),
    ...listProblems(input),
    ...unknownIds(input),
    ...missingTests(input),
  ];
}

function pageProblems({ rules }: CoverageInput): string[] {
  if (rules.length === 0)
    return ["the protocol page has no rules; are its lines still `- [L3] …`?"];
  return rules
    .filter(({ id }, index) => rules.findIndex((rule) => rule.id === id) !== index)
    .map(({ id, line }) => `[${id}] stands twice in the protocol page; the second is line ${line}`);
}

function listProblems({ rules, notBuilt, maxRulesNotBuilt }: CoverageInput): string[] {
  const known = new Set(rules.map(({ id }) => id));
  const problems = notBuilt
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => `[${id}] is listed as not built, but the protocol page has no such rule`);
  const difference = notBuilt.length - maxRulesNotBuilt;
  if (difference > 0) {
    problems.push(
      `${notBuilt.length} rules are listed as not built, ${maxRulesNotBuilt} is the maximum: ` +
        "build the rule and test it instead of listing it",
    );
  }
  if (difference < 0) {
    problems.push(
      `the list of rules not built has shrunk: set MAX_RULES_NOT_BUILT to ${notBuilt.length}, ` +
        "so that it stays this short",
    );
  }
  return problems;
}

function unknownIds({ rules, tests }: CoverageInput): string[] {
  const known = new Set(rules.map(({ id }) => id));
  return tests.flatMap(({ ids, path, line }) =>
    ids
      .filter((id) => !known.has(id))
      .map((id) => `${path}:${line} names [${id}], which the protocol page does not have`),
  );
}

function missingTests({ rules, notBuilt, tests }: CoverageInput): string[] {
  const tested = new Set(tests.flatMap(({ ids }) => ids));
  const ids = new Set(rules.map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const listed = notBuilt.find((rule) => rule.id === id);
    const mayHaveTests = listed?.isPartlyBuilt ?? true;
    if (!mayHaveTests && tested.has(id)) {
      return [`[${id}] is listed as not built, yet a test holds it: take it off the list`];
    }
    if (mayHaveTests && !tested.has(id)) {
      return [`no test holds [${id}]: write one whose title begins with the id`];
    }
    return [];
  });
}
