/** Tells the local day of a time in Unix milliseconds, as `2026-11-20`. */
export type Calendar = (at: number) => string;

/**
 * Every offset of every time zone is a multiple of this, so no quarter of an hour is in two days.
 */
const QUARTER_MS = 15 * 60_000;

/**
 * The days of one IANA time zone; without one, of the platform's. Throws `RangeError` for a zone
 * that does not exist.
 */
export function createCalendar(timeZone?: string): Calendar {
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone });
  /** Days by quarter: formatting is slow, and a timeline asks for each message each time. */
  const days = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    const day = days.get(quarter) ?? format.format(at);
    days.set(quarter, day);
    return day;
  };
}
