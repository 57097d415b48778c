/** Tells the local day of a time in Unix milliseconds, as `2026-11-20`. */
export type Calendar = (at: number) => string;

/**
 * Every offset of every time zone is a multiple of this, so no quarter of an hour lies in two days.
 */
const QUARTER_MS = 15 * 60_000;

/** Days remembered; beyond it the memory starts afresh. */
const MEMORY_MAX_QUARTERS = 4_096;

/**
 * The days of one IANA time zone; without one, of the platform's. Throws `RangeError` for a zone
 * that does not exist.
 */
export function createCalendar(timeZone?: string): Calendar {
  const format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const memory = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    const known = memory.get(quarter);
    if (known !== undefined) return known;
    if (memory.size >= MEMORY_MAX_QUARTERS) memory.clear();
    const day = isoDay(format, quarter * QUARTER_MS);
    memory.set(quarter, day);
    return day;
  };
}

function isoDay(format: Intl.DateTimeFormat, at: number): string {
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
  return `${parts.get("year") ?? ""}-${parts.get("month") ?? ""}-${parts.get("day") ?? ""}`;
}
