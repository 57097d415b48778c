/** Tests of one run, and why the numbers alone do not tell the whole story. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  /** Sentences for the person reading the output: files that did not load, skipped tests. */
  readonly problems: readonly string[];
}

/** The parts read from the report of vitest's `json` reporter. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The report of `browser-tests.config.js`. */
export interface BrowserReport {
  readonly tests: readonly {
    readonly name: string;
    readonly status: string;
    readonly browser: string;
  }[];
  /** Errors outside any test: a file that does not load, an uncaught rejection. */
  readonly errors: readonly string[];
}

/**
 * Counts the tests of a vitest run. A skipped test counts as failed, since it proves nothing; so
 * does a file that did not load and a folder of `covers` without a test.
 */
export function countVitest(report: VitestReport, covers: readonly string[] = []): TestCount {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const broken = report.testResults.filter(isBroken).map((file) => `did not run: ${file.name}`);
  const missing = covers
    .filter((folder) => !report.testResults.some((file) => isWithin(file.name, folder)))
    .map((folder) => `no test ran in ${folder}`);
  const named = tests.map(({ fullName, status }) => ({ name: fullName, status }));
  return count(named, [...broken, ...missing]);
}

/**
 * Counts the tests of a run of `@web/test-runner`, once per browser. A browser of `labels` in
 * which no test ran counts as failed.
 */
export function countBrowserTests(
  report: BrowserReport,
  labels: readonly string[] = [],
): TestCount {
  const named = report.tests.map(({ name, status, browser }) => ({
    name: `${browser}: ${name}`,
    status,
  }));
  const missing = labels
    .filter((label) => !report.tests.some(({ browser }) => browser === label))
    .map((label) => `no test ran in ${label}`);
  return count(named, [...report.errors, ...missing]);
}

function count(
  tests: readonly { readonly name: string; readonly status: string }[],
  errors: readonly string[],
): TestCount {
  const passed = tests.filter(({ status }) => status === "passed").length;
  const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");
  return {
    passed,
    failed: tests.length - passed + errors.length,
    problems: [...errors, ...skipped.map(({ name }) => `skipped: ${name}`)],
  };
}

function isBroken(file: VitestReport["testResults"][number]): boolean {
  const hasFailedTest = file.assertionResults.some(({ status }) => status === "failed");
  return file.status === "failed" && !hasFailedTest;
}

function isWithin(path: string, folder: string): boolean {
  return path.replaceAll("\\", "/").includes(`/${folder}/`);
}
