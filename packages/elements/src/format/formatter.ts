import { dayStart } from "../platform/calendar.js";

/** Times, days, numbers and lists of names in one language and time zone. */
export interface Formatter {
  /** The clock time of a moment, `10:02`. */
  time(at: number): string;
  /** The same in two pieces, `3:45` and `PM`; the second is empty where the day has 24 hours. */
  timeParts(at: number): { readonly clock: string; readonly period: string };
  /** Date and time in full, for a tooltip. */
  dateTime(at: number): string;
  /** The local day of a moment as `2026-11-20`. */
  dayOf(at: number): string;
  /** The name of the weekday of a day. */
  weekday(day: string): string;
  /** A day in words, with its year. */
  date(day: string): string;
  /** A day in words, without its year. */
  dateInYear(day: string): string;
  number(value: number): string;
  /** "Ann, Bo and Chidi". */
  list(names: readonly string[]): string;
}

const formatters = new Map<string, Formatter>();

/**
 * The formatter of a language and time zone; without them, those of the platform. An unknown
 * language or zone falls back to the platform's: a typing error in an attribute must not empty a
 * room.
 */
export function formatterFor(locale?: string, timeZone?: string): Formatter {
  const key = `${locale ?? ""}|${timeZone ?? ""}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = createFormatter(supportedLocale(locale), supportedTimeZone(timeZone));
  formatters.set(key, made);
  return made;
}

function createFormatter(locale: string | undefined, timeZone: string | undefined): Formatter {
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", ...zone });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", ...zone });
  const isoDay = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", ...zone });
  // A day is a name, not a moment: it is printed in UTC from its first moment in UTC.
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const inYear = { day: "numeric", month: "long", timeZone: "UTC" } as const;
  const dateInYear = new Intl.DateTimeFormat(locale, inYear);
  const date = new Intl.DateTimeFormat(locale, { ...inYear, year: "numeric" });
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  return {
    time: (at) => time.format(at),
    timeParts: (at) => splitTime(time.formatToParts(at)),
    dateTime: (at) => full.format(at),
    dayOf: (at) => isoDay.format(at),
    weekday: (day) => weekday.format(dayStart(day)),
    date: (day) => date.format(dayStart(day)),
    dateInYear: (day) => dateInYear.format(dayStart(day)),
    number: (value) => number.format(value),
    list: (names) => list.format(names),
  };
}

function splitTime(parts: readonly Intl.DateTimeFormatPart[]): { clock: string; period: string } {
  const textOf = (kept: (part: Intl.DateTimeFormatPart) => boolean): string =>
    parts
      .filter(kept)
      .map(({ value }) => value)
      .join("")
      .trim();
  const clock = textOf(({ type }) => type !== "dayPeriod");
  return { clock, period: textOf(({ type }) => type === "dayPeriod") };
}

function supportedLocale(locale: string | undefined): string | undefined {
  try {
    return locale === undefined ? undefined : Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

function supportedTimeZone(timeZone: string | undefined): string | undefined {
  try {
    if (timeZone !== undefined) new Intl.DateTimeFormat(undefined, { timeZone });
    return timeZone;
  } catch {
    return undefined;
  }
}
