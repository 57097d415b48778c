import type { StageResult } from "./stage-result.js";

/** The table at the end of `npm test`; its last line is the plain sum, for people and programs. */
export function summary(results: readonly StageResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const rows = results.map(({ name, passed, failed, seconds }) => {
    const mark = failed === 0 ? "✓" : "✗";
    const counts = `${column(passed)} passed ${column(failed)} failed`;
    return `  ${mark} ${name.padEnd(width)} ${counts} ${column(Math.round(seconds))} s`;
  });
  const passed = total(results.map((result) => result.passed));
  const failed = total(results.map((result) => result.failed));
  return [...rows, "", `${passed} passed, ${failed} failed`].join("\n");
}

function column(value: number): string {
  return String(value).padStart(6);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
