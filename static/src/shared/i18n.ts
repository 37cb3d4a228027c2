/** Translations: gettext-style lookup in one catalogue a language, loaded before the first paint. */

export type Catalogue = Readonly<Record<string, string | readonly string[]>>;
export type Values = Readonly<Record<string, string | number>>;

/** English dates as "24 November 2026", not "November 24, 2026". */
const LOCALES: Readonly<Record<string, string>> = { en: "en-GB", fr: "fr" };
/** Hebrew, Arabic and their neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const VOWEL = /^[aeiouàâäéèêëîïôöùûüœæ]/i;

let catalogue: Catalogue = {};
let locale = "en-GB";
let plurals = new Intl.PluralRules(locale);
let numbers = new Intl.NumberFormat(locale);

/** Use `messages` for `language` from now on; an empty catalogue leaves the English source text. */
export function setLanguage(language: string, messages: Catalogue): void {
  catalogue = messages;
  locale = LOCALES[language] ?? language;
  plurals = new Intl.PluralRules(locale);
  numbers = new Intl.NumberFormat(locale);
}

export function currentLocale(): string {
  return locale;
}

export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** "Amina, Tomás and Yuki" */
export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(names);
}

/** Translate; `{name}` placeholders present in `values` are filled, others stay for `rich`. */
export function _(message: string, values: Values = {}): string {
  const found = catalogue[message];
  return fill(typeof found === "string" ? found : message, values);
}

/** Translate with a plural; `{n}` is the formatted number. French counts 0 and 1 as singular. */
export function ngettext(one: string, many: string, n: number, values: Values = {}): string {
  const index = plurals.select(n) === "one" ? 0 : 1;
  const found = catalogue[one];
  const message = (Array.isArray(found) ? found[index] : undefined) ?? (index === 0 ? one : many);
  return fill(message, { n, ...values });
}

function fill(message: string, values: Values): string {
  return message.replace(/([dq]e )?\{(\w+)\}/gi, (whole, before: string | undefined, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return elide(before ?? "", typeof value === "number" ? formatNumber(value) : isolate(value));
  });
}

/** A name written from right to left must not turn the sentence around it. */
function isolate(value: string): string {
  return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

/** "de Amina" is "d’Amina" in French; other languages keep the words apart. */
function elide(before: string, value: string): string {
  if (!before || !locale.startsWith("fr") || !VOWEL.test(value)) return before + value;
  return before.slice(0, -2) + "’" + value;
}

/** Split a translated message around its placeholders, so that templates can stand in them. */
export function rich(message: string, values: Readonly<Record<string, unknown>>): unknown[] {
  return message.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name !== undefined && name in values ? values[name] : part;
  });
}

/** Fetch a catalogue. Failure is not fatal: the interface then speaks English. */
export async function loadCatalogue(url: string): Promise<Catalogue> {
  if (!url) return {};
  try {
    const answer = await fetch(url);
    return answer.ok ? ((await answer.json()) as Catalogue) : {};
  } catch {
    return {};
  }
}
