/** A thing from outside that the product touches in one place only. */
export interface Door {
  /** What it is, for the message. */
  readonly what: string;
  /** Modules behind the door; `drizzle-orm/*` includes everything below. */
  readonly modules?: readonly string[];
  /** Globals behind the door: `setTimeout`, `Date.now`; `new Date` means the one without a time. */
  readonly globals?: readonly string[];
  /** Types of these modules may be used anywhere. */
  readonly areTypesFree?: true;
  /** Folder the door is about, from the root. */
  readonly within: string;
  /** Files and folders below `within` that are the door. */
  readonly through: readonly string[];
}

/** Globals that read a clock, wait, or make something up. */
const TIME_AND_CHANCE = [
  "Date.now",
  "new Date",
  "Date()",
  "performance.now",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "Math.random",
  "crypto.randomUUID",
  "crypto.getRandomValues",
];

/** Every single door of the product. Tests, `tests/` and `tools/` walk around them. */
export const DOORS: readonly Door[] = [
  {
    what: "time and chance",
    globals: TIME_AND_CHANCE,
    modules: ["node:timers", "node:timers/promises"],
    within: "packages/sdk/src",
    through: ["platform"],
  },
  {
    what: "time and chance",
    globals: TIME_AND_CHANCE,
    modules: ["node:timers", "node:timers/promises"],
    within: "packages/elements/src",
    through: ["platform"],
  },
  {
    what: "time and chance",
    globals: TIME_AND_CHANCE,
    modules: ["node:timers", "node:timers/promises"],
    within: "packages/server/src",
    through: ["platform"],
  },
  {
    what: "the environment",
    globals: ["process.env"],
    within: "packages",
    through: ["server/src/config.ts"],
  },
  {
    what: "the console",
    globals: ["console"],
    within: "packages",
    through: ["server/src/main.ts"],
  },
  {
    what: "partysocket",
    modules: ["partysocket/*"],
    within: "packages",
    through: ["sdk/src/connection/partysocket-transport.ts"],
  },
  {
    what: "the raw socket",
    modules: ["ws"],
    within: "packages",
    through: ["server/src/gateway/upgrade.ts"],
  },
  {
    what: "the database",
    modules: ["drizzle-orm/*", "better-sqlite3"],
    within: "packages",
    through: ["server/src/storage"],
  },
  {
    what: "the SDK's functions",
    modules: ["@confab/sdk"],
    areTypesFree: true,
    within: "packages/elements/src",
    through: ["components/chat-room", "components/chat-provider", "identity"],
  },
];
