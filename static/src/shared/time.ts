/** How long ago, in the reader's zone: "now", "12 min ago", "3 h ago", "yesterday", to 7 days; then the date. */
import { _, currentLocale, ngettext } from "./i18n.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export function describeTime(moment: Date, now: Date): string {
  const age = now.getTime() - moment.getTime();
  if (age < MINUTE_MS) return _("now");
  if (age < HOUR_MS) return minutesAgo(Math.floor(age / MINUTE_MS));
  const days = calendarDays(moment, now);
  if (days === 0 || age < DAY_MS / 2) return hoursAgo(Math.floor(age / HOUR_MS));
  if (days === 1) return _("yesterday");
  if (days <= 7) return ngettext("{n} day ago", "{n} days ago", days);
  return shortDate(moment, now);
}

/** "24 November 2026, 08:20" */
export function fullTime(moment: Date): string {
  const day = moment.toLocaleDateString(currentLocale(), { day: "numeric", month: "long", year: "numeric" });
  const clock = moment.toLocaleTimeString(currentLocale(), { hour: "2-digit", minute: "2-digit", hour12: false });
  return `${day}, ${clock}`;
}

/** A deadline, absolute: "30 November, 23:59", with the year if another. */
export function describeDeadline(moment: Date, now: Date): string {
  const clock = moment.toLocaleTimeString(currentLocale(), { hour: "2-digit", minute: "2-digit", hour12: false });
  return `${longDate(moment, now)}, ${clock}`;
}

/** "30 November", with the year if another */
export function longDate(moment: Date, now: Date): string {
  const year = moment.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return moment.toLocaleDateString(currentLocale(), { day: "numeric", month: "long", ...year });
}

/** "6 days left", "20 h left", "5 min left"; "" once it is past. */
export function describeLeft(moment: Date, now: Date): string {
  const left = moment.getTime() - now.getTime();
  if (left <= 0) return "";
  if (left < HOUR_MS) return _("{n} min left", { n: Math.ceil(left / MINUTE_MS) });
  if (left < 2 * DAY_MS) return _("{n} h left", { n: Math.floor(left / HOUR_MS) });
  return ngettext("{n} day left", "{n} days left", Math.floor(left / DAY_MS));
}

/** True when less than `days` are left. */
export function isNear(moment: Date, now: Date, days: number): boolean {
  return moment.getTime() - now.getTime() < days * DAY_MS;
}

function minutesAgo(minutes: number): string {
  return _("{n} min ago", { n: minutes });
}

function hoursAgo(hours: number): string {
  return _("{n} h ago", { n: hours });
}

function shortDate(moment: Date, now: Date): string {
  const sameYear = moment.getFullYear() === now.getFullYear();
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  return moment.toLocaleDateString(currentLocale(), { day: "numeric", month: "short", ...year });
}

/** Midnights between the two moments; rounding absorbs the hour that summer time moves. */
function calendarDays(from: Date, to: Date): number {
  const start = new Date(from.getFullYear(), from.getMonth(), from.getDate());
  const end = new Date(to.getFullYear(), to.getMonth(), to.getDate());
  return Math.round((end.getTime() - start.getTime()) / DAY_MS);
}
