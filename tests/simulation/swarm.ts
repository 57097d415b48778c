import type { SeededRandom } from "@confab/sdk/testing";

/** What is under way this long piles up on the way to the client. */
export const SLOW_DELAY_MS = 4_000;

/** What people do, and how much of each, relative to the others. */
export const DEEDS = {
  say: 10,
  answer: 2,
  reply: 4,
  edit: 4,
  del: 2,
  react: 4,
  unreact: 2,
  pin: 1,
  unpin: 1,
  read: 3,
  type: 1,
  discard: 3,
  retry: 1,
  thread: 1,
} as const;

export type Deed = keyof typeof DEEDS;

/**
 * What one seed lets happen. Each seed draws its own mix, so that faults meet in combinations
 * nobody would write down.
 */
export interface Swarm {
  readonly clients: number;
  readonly rooms: number;
  /** The last client may read and not write: what it sends is refused for ever. */
  readonly hasReader: boolean;
  /** Virtual time of trouble; afterwards everything is healed and must come to rest. */
  readonly chaosMs: number;
  /** In which part of that time people come. */
  readonly lateness: number;
  /** Mean time between two things a person does. */
  readonly actionEveryMs: number;
  /** What this seed's people do, and how often. */
  readonly deeds: readonly (readonly [Deed, number])[];
  readonly latencyMs: readonly [number, number];
  readonly slowClientChance: number;
  /** A connection whose every message takes seconds, so that what it carried arrives after it. */
  readonly slowLinkChance: number;
  /** Per action, the chance of each kind of trouble. */
  readonly cutChance: number;
  readonly halfOpenChance: number;
  readonly reloadClientChance: number;
  readonly offlineChance: number;
  readonly freezeChance: number;
  readonly banChance: number;
  readonly closeRoomChance: number;
  readonly loadOlderChance: number;
  readonly badBodyChance: number;
  readonly burstChance: number;
  /** Machines that let no socket through, and those that do again once the trouble is over. */
  readonly noSocketChance: number;
  /** A client that is another tab of the same browser as the one before. */
  readonly sharedBrowserChance: number;
  /** Browsers that keep what a tab entrusts to them. */
  readonly storageChance: number;
  readonly storageTroubleChance: number;
  /** Per tenth of a second, the chance of what happens to the server. */
  readonly killServerChance: number;
  readonly restoreChance: number;
  /** Of the restores, those that bring the generation file's memory back, or lose it, as well. */
  readonly unnoticedRestoreChance: number;
  readonly diskFullChance: number;
  readonly clockJumpChance: number;
  readonly forgetChance: number;
  /** A commit takes this long; now and then a hundred times as long. */
  readonly commitMs: readonly [number, number];
  readonly slowCommitChance: number;
  /** A commit is refused by the disk, or its outcome gets lost. */
  readonly failedCommitChance: number;
  readonly unknownCommitChance: number;
  /** Reads answer later, as those of a database on another machine do. */
  readonly slowReadChance: number;
  /** Of the slow reads, those that fail. */
  readonly failedReadChance: number;
  /** Tiny limits make rare branches common. */
  readonly replayMaxEvents: number;
  readonly sendQueueMaxFrames: number;
  readonly snapshotMaxMessages: number;
  /** How long a token lives, and how often the provider or the server is not up to it. */
  readonly tokenLifeMs: number;
  readonly providerTroubleChance: number;
  readonly tokenRefusedChance: number;
  readonly slowVerificationChance: number;
  /** At rest, everybody stays for so long, and nothing may change. */
  readonly lingerMs: number;
  /** Of the lines that are cut, those whose server hears late what was under way. */
  readonly lateCutChance: number;
  /** Per action, the chance that the line is cut with what was just asked for under way. */
  readonly cutAfterChance: number;
}

const HOUR_MS = 3_600_000;

/**
 * Draws a seed's mix: every fault is off in some seeds, so that the others are seen alone as well.
 */
export function drawSwarm(random: SeededRandom): Swarm {
  const between = (low: number, high: number): number => low + random.number() * (high - low);
  const maybe = (probability: number, low: number, high: number): number =>
    random.chance(probability) ? between(low, high) : 0;
  const tiny = (probability: number, low: number, high: number, usual: number): number =>
    random.chance(probability) ? random.integer(low, high) : usual;
  return {
    clients: random.integer(2, 5),
    rooms: random.integer(1, 3),
    hasReader: random.chance(0.3),
    chaosMs: between(5_000, 25_000),
    lateness: random.pick([0.2, 0.5, 0.9]),
    actionEveryMs: between(250, 4_000),
    deeds: drawDeeds(random),
    latencyMs: [between(0, 20), between(20, random.chance(0.3) ? 2_500 : 200)],
    slowClientChance: random.chance(0.2) ? 0.5 : 0,
    slowLinkChance: maybe(0.3, 0.05, 0.4),
    cutChance: maybe(0.7, 0.01, 0.15),
    halfOpenChance: maybe(0.5, 0.005, 0.05),
    reloadClientChance: maybe(0.3, 0.002, 0.02),
    offlineChance: maybe(0.3, 0.002, 0.02),
    freezeChance: maybe(0.3, 0.005, 0.04),
    banChance: maybe(0.1, 0.002, 0.01),
    closeRoomChance: maybe(0.4, 0.005, 0.05),
    loadOlderChance: maybe(0.7, 0.05, 0.3),
    badBodyChance: maybe(0.4, 0.01, 0.1),
    burstChance: maybe(0.6, 0.02, 0.3),
    noSocketChance: maybe(0.25, 0.2, 0.8),
    sharedBrowserChance: maybe(0.5, 0.2, 0.8),
    storageChance: maybe(0.7, 0.3, 1),
    storageTroubleChance: maybe(0.2, 0.002, 0.02),
    killServerChance: maybe(0.5, 0.003, 0.03),
    restoreChance: maybe(0.35, 0.003, 0.03),
    unnoticedRestoreChance: random.pick([0, 0.5, 1]),
    diskFullChance: maybe(0.2, 0.003, 0.02),
    forgetChance: maybe(0.4, 0.005, 0.05),
    clockJumpChance: maybe(0.3, 0.005, 0.05),
    commitMs: [between(0, 1), between(1, random.chance(0.3) ? 200 : 10)],
    slowCommitChance: maybe(0.4, 0.01, 0.1),
    failedCommitChance: maybe(0.3, 0.01, 0.15),
    unknownCommitChance: maybe(0.3, 0.01, 0.15),
    slowReadChance: maybe(0.6, 0.1, 0.7),
    failedReadChance: maybe(0.5, 0.1, 0.7),
    replayMaxEvents: tiny(0.5, 3, 30, 500),
    sendQueueMaxFrames: tiny(0.4, 6, 30, 1_000),
    snapshotMaxMessages: tiny(0.6, 2, 15, 50),
    tokenLifeMs: random.chance(0.4) ? between(2_000, 40_000) : HOUR_MS,
    providerTroubleChance: maybe(0.4, 0.05, 0.5),
    tokenRefusedChance: maybe(0.2, 0.02, 0.2),
    slowVerificationChance: maybe(0.3, 0.05, 0.3),
    lingerMs: maybe(0.3, 30_000, 60_000),
    lateCutChance: maybe(0.5, 0.2, 0.8),
    cutAfterChance: maybe(0.4, 0.05, 0.3),
  };
}

/** Some seeds are all about a few kinds of deeds. */
function drawDeeds(random: SeededRandom): Swarm["deeds"] {
  const isNarrow = random.chance(0.4);
  return (Object.entries(DEEDS) as [Deed, number][]).map(([deed, weight]) => [
    deed,
    isNarrow && deed !== "say" && random.chance(0.5) ? 0 : weight,
  ]);
}

/** Kinds of trouble by name, and a swarm's numbers without each. */
const CALM = {
  latency: { latencyMs: [0, 20], slowClientChance: 0 },
  "slow-links": { slowLinkChance: 0 },
  cuts: { cutChance: 0, cutAfterChance: 0 },
  "late-cuts": { lateCutChance: 0 },
  "half-open": { halfOpenChance: 0 },
  reloads: { reloadClientChance: 0 },
  offline: { offlineChance: 0 },
  freezes: { freezeChance: 0 },
  bans: { banChance: 0 },
  "closed-rooms": { closeRoomChance: 0 },
  history: { loadOlderChance: 0 },
  "bad-bodies": { badBodyChance: 0 },
  "no-socket": { noSocketChance: 0 },
  tabs: { sharedBrowserChance: 0 },
  storage: { storageChance: 0, storageTroubleChance: 0 },
  "storage-trouble": { storageTroubleChance: 0 },
  bursts: { burstChance: 0 },
  kills: { killServerChance: 0 },
  restores: { restoreChance: 0 },
  "unnoticed-restores": { unnoticedRestoreChance: 0 },
  "full-disk": { diskFullChance: 0 },
  forgetting: { forgetChance: 0 },
  "clock-jumps": { clockJumpChance: 0 },
  "slow-commits": { commitMs: [0, 1], slowCommitChance: 0 },
  "failed-commits": { failedCommitChance: 0 },
  "unknown-commits": { unknownCommitChance: 0 },
  "slow-reads": { slowReadChance: 0, failedReadChance: 0 },
  "tiny-limits": { replayMaxEvents: 500, sendQueueMaxFrames: 1_000, snapshotMaxMessages: 50 },
  tokens: {
    tokenLifeMs: HOUR_MS,
    providerTroubleChance: 0,
    tokenRefusedChance: 0,
    slowVerificationChance: 0,
  },
  reader: { hasReader: false },
} as const satisfies Record<string, Partial<Swarm>>;

export type Trouble = keyof typeof CALM;

/** Every kind of trouble a swarm knows. */
export const TROUBLES = Object.keys(CALM) as readonly Trouble[];

/** The same seed with some kinds of trouble taken out; nothing else of it shifts. */
export function calmed(swarm: Swarm, without: readonly Trouble[]): Swarm {
  return without.reduce<Swarm>((calmer, trouble) => ({ ...calmer, ...CALM[trouble] }), swarm);
}
