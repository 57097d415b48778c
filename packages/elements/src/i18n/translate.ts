import { en, type Entry, type TextKey } from "./en.js";

/** Texts of one language; what is missing is shown in English. */
export type Catalog = Partial<Readonly<Record<TextKey, Entry>>>;

/**
 * Gives the text of a key with its holes filled, numbers as the language writes them. A value
 * called `count` also chooses the plural form.
 */
export type Translate = (
  key: TextKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

const catalogs = new Map<string, Catalog>();
/**
 * One translator per language, so that rows can tell by identity whether their language changed.
 */
const translators = new Map<string, Translate>();

/**
 * Adds a language: every element whose locale is `locale`, or a regional form of it, uses it from
 * then on.
 */
export function registerLocale(locale: string, catalog: Catalog): void {
  catalogs.set(locale.toLowerCase(), catalog);
  translators.clear();
}

/** The texts of a language, with English for what it lacks. */
export function translatorFor(locale = "en"): Translate {
  const known = translators.get(locale);
  if (known) return known;
  const made = createTranslator(locale);
  translators.set(locale, made);
  return made;
}

function createTranslator(locale: string): Translate {
  const catalog = catalogFor(locale);
  const language = catalog === undefined ? "en" : knownTag(locale);
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, values = {}) => {
    const entry: Entry = catalog?.[key] ?? en[key];
    const form = typeof entry === "string" ? entry : pluralForm(entry, rules, values["count"]);
    return form.replace(/\{(\w+)\}/gu, (hole, name: string) => {
      const value = values[name] ?? hole;
      return typeof value === "number" ? numbers.format(value) : value;
    });
  };
}

function catalogFor(locale: string): Catalog | undefined {
  const tag = locale.toLowerCase();
  return catalogs.get(tag) ?? catalogs.get(tag.split("-")[0] ?? tag);
}

function pluralForm(
  entry: Exclude<Entry, string>,
  rules: Intl.PluralRules,
  count: string | number | undefined,
): string {
  const forms: Readonly<Record<string, string>> = entry;
  return forms[rules.select(Number(count))] ?? entry.other;
}

function knownTag(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? "en";
  } catch {
    return "en";
  }
}
