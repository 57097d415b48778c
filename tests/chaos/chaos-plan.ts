/** How much of everything a run has. */
export interface ChaosPlan {
  readonly seed: string;
  /** SIGKILLs of the server. */
  readonly kills: number;
  readonly nodeClients: number;
  readonly rooms: readonly string[];
  /** Ops a second each client asks for on average. */
  readonly opsPerSecond: number;
  /** Longest time the server stays up between two kills. */
  readonly upMaxMs: number;
  /** Longest time it stays down. */
  readonly downMaxMs: number;
  /** Kills between two moments at which everything is healed and must agree. */
  readonly killsPerCheckpoint: number;
  /** Time within which everybody must agree once everything is healed. */
  readonly catchUpMaxMs: number;
  /**
   * `by-hand`: on healing, dead lines are reset and people press "reconnect"; `by-itself`: clients
   * find out by their own heartbeats and come back by their own back-off.
   */
  readonly recovery: "by-hand" | "by-itself";
  /** What must have happened at least once, by its name in the summary. */
  readonly mustHappen: readonly string[];
}

const RARE_PATHS = [
  "reset: epoch",
  "reset: ahead",
  "line by HTTP",
  "kill while starting",
  "connections half-open",
  "connections stalled",
  "connections throttled",
  "tab-crash",
  "tab-freeze",
  "client-kill",
  "connection closed because storage failed",
];

/** The recorded run. */
export function fullPlan(seed: string, kills: number): ChaosPlan {
  return {
    seed,
    kills,
    nodeClients: 4,
    rooms: ["lobby", "quay", "attic"],
    opsPerSecond: 1.5,
    upMaxMs: 4_000,
    downMaxMs: 1_200,
    killsPerCheckpoint: 40,
    // Silence is noticed after 35 s, and back-off waits up to 20 s, at worst more than once.
    catchUpMaxMs: 120_000,
    recovery: "by-itself",
    mustHappen: RARE_PATHS,
  };
}

/** What `npm test` runs: everything once, in about a minute. */
export function quickPlan(seed: string, kills: number): ChaosPlan {
  return {
    ...fullPlan(seed, kills),
    nodeClients: 2,
    rooms: ["lobby", "quay"],
    opsPerSecond: 3,
    upMaxMs: 2_000,
    downMaxMs: 600,
    killsPerCheckpoint: Number.POSITIVE_INFINITY,
    catchUpMaxMs: 45_000,
    recovery: "by-hand",
    mustHappen: ["restore", "deploy"],
  };
}
