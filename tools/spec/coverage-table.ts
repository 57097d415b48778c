import type { CoverageInput } from "./check-coverage.js";

const TEXT_COLUMNS = 60;

/** One line per rule: how many tests hold it, and its beginning. */
export function coverageTable({ rules, notBuilt, tests }: CoverageInput): string {
  const rows = rules.map(({ id, text }) => {
    const testCount = tests.filter(({ ids }) => ids.includes(id)).length;
    const listed = notBuilt.find((rule) => rule.id === id);
    const state = listed === undefined ? "" : listed.isPartlyBuilt ? "in part" : "not built";
    return [id.padEnd(4), count(testCount), state.padEnd(9), beginning(text)].join("  ").trimEnd();
  });
  const testedCount = rules.filter(({ id }) => tests.some(({ ids }) => ids.includes(id))).length;
  const tested = `${testedCount} of ${rules.length} rules have tests`;
  const sum = `${tested}, ${notBuilt.length} are not built or only in part`;
  return ["rule  tests  state      text", ...rows, "", sum].join("\n");
}

function count(value: number): string {
  return (value === 0 ? "–" : String(value)).padStart(5);
}

function beginning(text: string): string {
  return text.length <= TEXT_COLUMNS ? text : `${text.slice(0, TEXT_COLUMNS - 1)}…`;
}
