/** The rubric as its author edits it: numbers as they are typed, and what each change makes of the whole. */
import { _, ngettext } from "../shared/i18n.ts";

export interface OptionRow {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  /** As typed. */
  readonly points: string;
}

export interface CriterionRow {
  readonly id: string;
  readonly name: string;
  readonly prompt: string;
  /** Share of the grade in percent, as typed. */
  readonly weight: string;
  readonly options: readonly OptionRow[];
}

export type Rubric = readonly CriterionRow[];

/** Read what the course holds; what is no criterion is left out. `newId` makes an id for what has none. */
export function readRubric(value: unknown, newId: () => string): Rubric {
  return rowsIn(value).map((row) => ({
    id: textIn(row.id) || newId(), name: textIn(row.name), prompt: textIn(row.prompt), weight: textIn(row.weight),
    options: rowsIn(row.options).map((option) => ({
      id: textIn(option.id) || newId(), name: textIn(option.name), explanation: textIn(option.explanation), points: textIn(option.points),
    })),
  }));
}

function rowsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((row) => typeof row === "object" && row !== null) : [];
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** As the block stores it. What is no number is sent as it was typed, so that the refusal names it. */
export function storedRubric(rubric: Rubric): object[] {
  return rubric.map(({ options, weight, ...row }) => ({
    ...row, weight: numberOr(weight), options: options.map((option) => ({ ...option, points: numberOr(option.points) })),
  }));
}

/** "2,5" and "2.5" are numbers. */
function numberOr(text: string): number | string {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() && !Number.isNaN(number) ? number : text;
}

export function newCriterion(newId: () => string): CriterionRow {
  return { id: newId(), name: "", prompt: "", weight: "", options: [newOption("0", newId), newOption("1", newId)] };
}

export function newOption(points: string, newId: () => string): OptionRow {
  return { id: newId(), name: "", explanation: "", points };
}

/** The points that a further option would most likely get: one more than the highest. */
export function nextPoints(options: readonly OptionRow[]): string {
  const points = options.map((option) => numberOr(option.points)).filter((value) => typeof value === "number");
  return String(points.length ? Math.max(...points) + 1 : 0);
}

/** `items` with the one at `index` one place up (-1) or down (1); the same where it cannot go. */
export function moved<T>(items: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const to = index + by;
  if (to < 0 || to >= items.length) return items;
  const result = [...items];
  [result[index], result[to]] = [result[to]!, result[index]!];
  return result;
}

export function replaced<T>(items: readonly T[], index: number, item: T): readonly T[] {
  return items.map((other, at) => (at === index ? item : other));
}

/** `items` with one more at `index`, or at the end where they have become fewer. */
export function inserted<T>(items: readonly T[], index: number, item: T): readonly T[] {
  return [...items.slice(0, index), item, ...items.slice(index)];
}

export function without<T>(items: readonly T[], index: number): readonly T[] {
  return items.filter((_item, at) => at !== index);
}

const ALL = 100;
/** As the server has it, so that three thirds with two decimals make all. */
const ROUNDING = 0.05;

/** The rubric with an option put back into the criterion of this id, whatever has changed since it was removed. */
export function withOption(rubric: Rubric, id: string, at: number, option: OptionRow): Rubric {
  return rubric.map((row) => (row.id === id ? { ...row, options: inserted(row.options, at, option) } : row));
}

export interface Sum {
  /** "30 + 50 + 20 = 100 %" */
  readonly words: string;
  readonly isWhole: boolean;
}

export function sumOfShares(rubric: Rubric): Sum {
  const shares = rubric.map(({ weight }) => numberOr(weight)).map((weight) => (typeof weight === "number" ? weight : 0));
  const total = Math.round(shares.reduce((sum, share) => sum + share, 0) * 100) / 100;
  const words = shares.length > 1 ? `${shares.map(String).join(" + ")} = ${_("{n} %", { n: total })}` : _("{n} %", { n: total });
  return { words, isWhole: Math.abs(total - ALL) <= ROUNDING };
}

/** Shares that make 100 in all, as even as whole numbers go; the first ones get what is left over. */
export function sharedEvenly(rubric: Rubric): Rubric {
  const each = Math.floor(100 / rubric.length);
  const rest = 100 - each * rubric.length;
  return rubric.map((row, index) => ({ ...row, weight: String(index < rest ? each + 1 : each) }));
}

/** "3 options, 0 to 3 points" */
export function describeOptions(options: readonly OptionRow[]): string {
  const points = options.map((option) => numberOr(option.points)).filter((value) => typeof value === "number");
  const count = ngettext("{n} option", "{n} options", options.length);
  if (points.length === 0) return count;
  return _("{options}, {low} to {high} points", { options: count, low: Math.min(...points), high: Math.max(...points) });
}

/** Short ids that nothing else in the rubric has. */
export function freshId(): string {
  return `r${crypto.randomUUID().replaceAll("-", "").slice(0, 10)}`;
}
