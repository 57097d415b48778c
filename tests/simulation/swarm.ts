import type { SeededRandom } from "@confab/sdk/testing";

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
  /** Mean time between two things a person does. */
  readonly actionEveryMs: number;
  readonly latencyMs: readonly [number, number];
  readonly slowClientChance: number;
  /** Per action, the chance of each kind of trouble. */
  readonly cutChance: number;
  readonly halfOpenChance: number;
  readonly killServerChance: number;
  readonly reloadClientChance: number;
  readonly offlineChance: number;
  readonly closeRoomChance: number;
  readonly loadOlderChance: number;
  readonly badBodyChance: number;
  readonly burstChance: number;
  /** A commit takes this long; now and then a hundred times as long. */
  readonly commitMs: readonly [number, number];
  readonly slowCommitChance: number;
  /** A commit is refused by the disk, or its outcome gets lost. */
  readonly failedCommitChance: number;
  readonly unknownCommitChance: number;
  /** Tiny limits make rare branches common. */
  readonly replayMaxEvents: number;
  readonly sendQueueMaxFrames: number;
  readonly snapshotMaxMessages: number;
  /** Reads answer later, as those of a database on another machine do. */
  readonly slowReadChance: number;
  /** Of the slow reads, those that fail. */
  readonly failedReadChance: number;
}

/**
 * Draws a seed's mix: every fault is off in some seeds, so that the others are seen alone as well.
 */
export function drawSwarm(random: SeededRandom): Swarm {
  const between = (low: number, high: number): number => low + random.number() * (high - low);
  const maybe = (probability: number, low: number, high: number): number =>
    random.chance(probability) ? between(low, high) : 0;
  return {
    clients: random.integer(2, 5),
    rooms: random.integer(1, 3),
    hasReader: random.chance(0.3),
    chaosMs: between(5_000, 25_000),
    actionEveryMs: between(250, 4_000),
    latencyMs: [between(0, 20), between(20, random.chance(0.3) ? 2_500 : 200)],
    slowClientChance: random.chance(0.2) ? 0.5 : 0,
    cutChance: maybe(0.7, 0.01, 0.15),
    halfOpenChance: maybe(0.5, 0.005, 0.05),
    killServerChance: maybe(0.5, 0.003, 0.03),
    reloadClientChance: maybe(0.3, 0.002, 0.02),
    offlineChance: maybe(0.3, 0.002, 0.02),
    closeRoomChance: maybe(0.4, 0.005, 0.05),
    loadOlderChance: maybe(0.7, 0.05, 0.3),
    badBodyChance: maybe(0.4, 0.01, 0.1),
    burstChance: maybe(0.6, 0.02, 0.3),
    commitMs: [between(0, 1), between(1, random.chance(0.3) ? 200 : 10)],
    slowCommitChance: maybe(0.4, 0.01, 0.1),
    failedCommitChance: maybe(0.3, 0.01, 0.15),
    unknownCommitChance: maybe(0.3, 0.01, 0.15),
    replayMaxEvents: random.chance(0.5) ? random.integer(3, 30) : 500,
    snapshotMaxMessages: random.chance(0.5) ? random.integer(3, 20) : 50,
    slowReadChance: maybe(0.6, 0.1, 0.7),
    failedReadChance: maybe(0.5, 0.1, 0.7),
    sendQueueMaxFrames: random.chance(0.4) ? random.integer(6, 30) : 1_000,
  };
}
