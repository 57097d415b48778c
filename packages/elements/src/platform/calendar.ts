const DAY_MS = 86_400_000;

/** A moment as ISO 8601 text, for `<time datetime>`. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/**
 * The first moment of a day `2026-11-20` in UTC, so that a formatter in UTC prints that very day.
 */
export function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** Whole days from one day to a later one; negative when it is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayStart(to) - dayStart(from)) / DAY_MS);
}

/**
 * Milliseconds until a calendar may show another day. At most an hour, since a change of summer
 * time moves midnight and a sleeping machine stops timers.
 */
export function dayCheckDelayMs(now: number): number {
  const hourMs = 3_600_000;
  const quarterMs = hourMs / 4;
  // Every time zone in use begins its days at a quarter of an hour of UTC.
  const untilQuarterMs = quarterMs - (now % quarterMs);
  return Math.min(untilQuarterMs + 50, hourMs);
}
