/** Moments in a form: typed in the author's zone, stored in UTC. */

/** What `<input type="datetime-local">` shows: "2026-11-30T23:59" in this browser's zone; "" for none or nonsense. */
export function toLocal(iso: string | null): string {
  const moment = iso ? new Date(iso) : null;
  if (!moment || Number.isNaN(moment.getTime())) return "";
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** ISO 8601 in UTC; "" for none. */
export function toUtc(local: string): string {
  return local ? new Date(local).toISOString() : "";
}

/** The zone that the author types in: "Europe/Paris". */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");
}
