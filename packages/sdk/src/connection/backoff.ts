const FIRST_CEILING_MS = 500;
const CEILING_MAX_MS = 20_000;
const AFTER_LIVE_CEILING_MS = 1_000;

/**
 * Milliseconds to wait before the next attempt, full jitter: `random(0, min(20 s, 0.5 s · 2ⁿ))`.
 * [H4]
 *
 * `failures` is n, the attempts that failed since the last connection that lived; `random` is at
 * least 0 and less than 1.
 */
export function backoffDelay(failures: number, random: number): number {
  return random * Math.min(CEILING_MAX_MS, FIRST_CEILING_MS * 2 ** failures);
}

/**
 * Milliseconds to wait after a connection that lived: `random(0, 1 s)`, so that a crowd cut
 * together spreads. [H4]
 */
export function delayAfterLife(random: number): number {
  return random * AFTER_LIVE_CEILING_MS;
}
