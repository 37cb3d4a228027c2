/** Values of the form: what a control shows, what the block stores. */
import { toLocal, toUtc } from "./moments.ts";
import { freshId, readRubric, storedRubric, type Rubric } from "./rubric-model.ts";
import type { SettingField } from "./types.ts";

export type Values = Readonly<Record<string, unknown>>;

/** Numbers and dates are kept as they are typed. */
export function shownValue(field: SettingField): unknown {
  switch (field.kind) {
    case "number":
      return String(field.value);
    case "moment":
      return toLocal(field.value);
    case "rubric":
      return readRubric(field.value, freshId);
    default:
      return field.value;
  }
}

export function storedValue(field: SettingField, value: unknown): unknown {
  switch (field.kind) {
    case "number":
      return storedNumber(String(value));
    case "moment":
      return storedMoment(field.value, String(value));
    case "rubric":
      return storedRubric(value as Rubric);
    default:
      return value;
  }
}

/** The control shows minutes: a moment that was not changed keeps its seconds. */
function storedMoment(stored: string | null, local: string): string {
  return stored !== null && local !== "" && local === toLocal(stored) ? stored : toUtc(local);
}

/** What is no number goes as it was typed: the refusal is the server's, in its words. */
function storedNumber(text: string): number | string {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() && !Number.isNaN(number) ? number : text;
}

export function isSameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
