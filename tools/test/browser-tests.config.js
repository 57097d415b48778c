/**
 * The browser tests of the elements as `npm test` runs them: their own configuration, and a report
 * from which the tests can be counted.
 */
import { writeFileSync } from "node:fs";

import { defaultReporter } from "@web/test-runner";

import elements from "../../packages/elements/web-test-runner.config.js";

const reportPath = process.env["CONFAB_BROWSER_REPORT"];
if (reportPath === undefined) throw new Error("unable to report; CONFAB_BROWSER_REPORT is not set");

/** @type {import("@web/test-runner").TestRunnerConfig} */
const base = elements;

export default {
  ...base,
  reporters: [...(base.reporters ?? [defaultReporter()]), countingReporter(reportPath)],
};

/**
 * @param {string} path
 * @returns {import("@web/test-runner").Reporter}
 */
function countingReporter(path) {
  return {
    onTestRunFinished({ sessions }) {
      const tests = sessions.flatMap(({ testResults }) => testsOf(testResults));
      const errors = sessions.flatMap((session) => errorsOf(session));
      writeFileSync(path, JSON.stringify({ tests, errors }));
    },
  };
}

/**
 * @param {import("@web/test-runner").TestSuiteResult | undefined} suite
 * @returns {{ name: string, status: string }[]}
 */
function testsOf(suite) {
  if (suite === undefined) return [];
  const own = suite.tests.map(({ name, passed, skipped }) => ({
    name,
    status: skipped ? "skipped" : passed ? "passed" : "failed",
  }));
  return [...own, ...suite.suites.flatMap(testsOf)];
}

/** @param {import("@web/test-runner").TestSession} session */
function errorsOf({ errors, testFile, testResults }) {
  const problems = errors.map(({ message }) => `${testFile}: ${message}`);
  return testsOf(testResults).length === 0 ? [...problems, `ran no test: ${testFile}`] : problems;
}
