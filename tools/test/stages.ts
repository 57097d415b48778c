import type { BrowserName } from "./browsers/browser-kinds.js";

/** How the tests of a stage are counted. */
export type Counting = "one" | "vitest" | "web-test-runner";

/** One line of `npm test`: commands that run one after the other and what they count for. */
export interface Stage {
  readonly name: string;
  readonly commands: readonly (readonly string[])[];
  /** `one`: the stage is a single check; otherwise its tests are read from the runner's report. */
  readonly counts: Counting;
  /** Folder the commands run in, from the root; the root when absent. */
  readonly folder?: string;
  /** Browsers it runs in. Each counted test has to run in every one of them. */
  readonly browsers?: readonly BrowserName[];
  /** Folders each of which must contribute at least one test, so that none is lost quietly. */
  readonly covers?: readonly string[];
}

/**
 * Everything `npm test` runs, in this order: what is quick and fails often comes first. The
 * packages are built before the stages that test what is published.
 */
export const STAGES: readonly Stage[] = [
  { name: "format", counts: "one", commands: [["prettier", "--check", "--log-level=warn", "."]] },
  { name: "types", counts: "one", commands: [["npm", "run", "typecheck"]] },
  { name: "lint", counts: "one", commands: [["npm", "run", "lint"]] },
  { name: "tidy", counts: "one", commands: [["npm", "run", "tidy"]] },
  { name: "spec", counts: "one", commands: [["npm", "run", "spec"]] },
  {
    name: "unit and integration",
    counts: "vitest",
    commands: [["vitest", "run"]],
    covers: ["packages/sdk", "packages/server", "packages/elements", "tools"],
  },
  { name: "build", counts: "one", commands: [["npm", "run", "build"]] },
  {
    name: "package contents",
    counts: "one",
    commands: [
      ["publint", "packages/sdk", "--strict"],
      ["publint", "packages/elements", "--strict"],
      ["publint", "packages/server", "--strict"],
    ],
  },
  { name: "bundle size", counts: "one", commands: [["size-limit"]] },
  {
    name: "sdk in three browsers",
    counts: "web-test-runner",
    folder: "packages/sdk",
    commands: [["web-test-runner", "--config", "../../tools/test/browser-tests.config.js"]],
    browsers: ["chromium", "firefox", "webkit"],
  },
  {
    name: "elements in a browser",
    counts: "web-test-runner",
    folder: "packages/elements",
    commands: [["web-test-runner", "--config", "../../tools/test/browser-tests.config.js"]],
    browsers: ["chromium"],
  },
  {
    name: "simulation",
    counts: "vitest",
    commands: [["npm", "run", "test:simulation", "-w", "tests", "--"]],
  },
  {
    name: "mutation gate",
    counts: "vitest",
    commands: [["npm", "run", "test:mutation", "-w", "tests", "--"]],
  },
  {
    name: "chaos",
    counts: "vitest",
    commands: [["npm", "run", "test:chaos", "-w", "tests", "--"]],
    browsers: ["chromium"],
  },
  {
    name: "end to end",
    counts: "vitest",
    commands: [["npm", "run", "test:e2e", "-w", "tests", "--"]],
    browsers: ["chromium"],
  },
];
