import type { Translate } from "../i18n/translate.js";
import { daysBetween } from "../platform/calendar.js";
import type { Formatter } from "./formatter.js";

/**
 * How a day is called when today is `today`: Today, Yesterday, a weekday within six days, else
 * the date.
 */
export function dayLabel(
  day: string,
  today: string,
  translate: Translate,
  formatter: Formatter,
): string {
  const age = daysBetween(day, today);
  if (age === 0) return translate("list.day.today");
  if (age === 1) return translate("list.day.yesterday");
  if (age > 1 && age <= 6) return formatter.weekday(day);
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  return isThisYear ? formatter.dateInYear(day) : formatter.date(day);
}
