/** The core looks at the clock this often while live. */
export const TICK_MS = 1_000;
/** Silence tolerated beyond the server's heartbeat. [V1] */
const GRACE_MS = 10_000;
/** A tick this much too late means that the machine or the page slept. [V2] */
const SLEEP_MS = 5_000;
/** After sleep, a line silent for longer is replaced at once. [V2] */
const FRESH_MS = 10_000;
/** After sleep, a fresher line has this long to answer a ping. [V2] */
const PROBE_LIMIT_MS = 4_000;

/** Signs of life of one connection, in monotonic milliseconds. The socket is never asked. [V1] */
export interface Liveness {
  readonly heartbeatMs: number;
  /** When the last frame came. */
  readonly frameAt: number;
  readonly tickedAt: number;
  /** When the answer to our ping must have come; infinity while none is awaited. */
  readonly probeUntil: number;
}

/** Any message counts as life and answers a ping. [V1] */
export function received(now: number): Pick<Liveness, "frameAt" | "probeUntil"> {
  return { frameAt: now, probeUntil: Infinity };
}

/** A ping went out; a second one does not extend the first one's deadline. [V2] */
export function probed(
  { probeUntil }: Liveness,
  now: number,
): Pick<Liveness, "tickedAt" | "probeUntil"> {
  return { tickedAt: now, probeUntil: Math.min(probeUntil, now + PROBE_LIMIT_MS) };
}

/** Whether the tick comes so late that something slept. [V2] */
export function wasAsleep({ tickedAt }: Liveness, now: number): boolean {
  return now - tickedAt > TICK_MS + SLEEP_MS;
}

/** Whether a line must be replaced after sleep without asking it. [V2] */
export function shouldReplaceOnWake(liveness: Liveness, now: number): boolean {
  return now - liveness.frameAt > FRESH_MS || isPresumedDead(liveness, now);
}

/**
 * Whether a deadline has passed: too long without any frame, or without the answer asked for. [V1]
 */
export function isPresumedDead(liveness: Liveness, now: number): boolean {
  return now - liveness.frameAt > liveness.heartbeatMs + GRACE_MS || now >= liveness.probeUntil;
}
