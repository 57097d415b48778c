/**
 * The browser tests of the package this runs in, as `npm test` runs them: the package's own
 * configuration, and a report from which the tests can be counted.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { defaultReporter } from "@web/test-runner";

const reportPath = process.env["BROWSER_TEST_REPORT"];
if (reportPath === undefined) throw new Error("unable to report; BROWSER_TEST_REPORT is not set");

// Its address is made here, so that the types of a package are not checked by the rules of tools.
const own = pathToFileURL(join(process.cwd(), "web-test-runner.config.js"));
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- it does not see the cast
const { default: base } = /** @type {{ default: import("@web/test-runner").TestRunnerConfig }} */ (
  await import(own.href)
);

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
      const tests = sessions.flatMap(({ testResults, browser }) =>
        testsOf(testResults).map((test) => ({ ...test, browser: browser.name })),
      );
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
function errorsOf({ errors, testFile, testResults, browser }) {
  const place = `${testFile} in ${browser.name}`;
  const problems = errors.map(({ message }) => `${place}: ${message}`);
  return testsOf(testResults).length === 0 ? [...problems, `ran no test: ${place}`] : problems;
}
