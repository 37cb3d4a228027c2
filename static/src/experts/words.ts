/** Cards in words: when somebody takes questions, why they are suggested, what proves it. */
import { _, currentLocale, ngettext } from "../shared/i18n.ts";
import { longDate } from "../shared/time.ts";
import type { Availability, Card, Evidence, Reason, Request } from "./types.ts";

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

export function availabilityWords({ state, from, left }: Availability, today: Date): string {
  if (state === "open") {
    return left === null ? _("Takes questions")
      : ngettext("Takes questions, {n} place left this week", "Takes questions, {n} places left this week", left);
  }
  const when = from ? fromDay(from, today) : "";
  if (state === "later") return when ? _("Takes questions again {when}", { when }) : _("Takes no questions now");
  return when ? _("Full this week, free again {when}", { when }) : _("Full this week");
}

/** "from Monday" within a week, else "from 30 November". A day belongs to no zone. */
export function fromDay(iso: string, today: Date): string {
  const [year = 0, month = 1, date = 1] = iso.split("-").map(Number);
  const day = new Date(year, month - 1, date);
  const ahead = Math.round((day.getTime() - new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime()) / DAY_MS);
  if (ahead <= 0 || ahead >= WEEK_DAYS) return _("from {date}", { date: longDate(day, today) });
  return _("from {weekday}", { weekday: day.toLocaleDateString(currentLocale(), { weekday: "long" }) });
}

/** Each language by its own name: "English", "français". */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function languageNames(codes: readonly string[]): string {
  return codes.map(languageName).join(", ");
}

/** Why somebody is here, in sentences; "" when they are only listed. */
export function reasonWords(reasons: readonly Reason[], isSearch: boolean): string {
  return reasons.map((reason) => reasonSentence(reason, isSearch)).join(" ");
}

function reasonSentence(reason: Reason, isSearch: boolean): string {
  if (reason.kind === "name") return _("The name matches.");
  if (reason.kind === "skill") return _("Declares {skill}.", { skill: reason.skill.label });
  if (isSearch) return ngettext("Answered {n} question about this well.", "Answered {n} questions about this well.", reason.count);
  return ngettext("Answered {n} question well.", "Answered {n} questions well.", reason.count);
}

/** "accepted, endorsed by the course team, 27 votes" */
export function proofWords({ accepted, endorsed, vote_count }: Evidence): string {
  const proofs = [
    accepted ? _("accepted") : "", endorsed ? _("endorsed by the course team") : "",
    vote_count > 0 ? ngettext("{n} vote", "{n} votes", vote_count) : "",
  ];
  return proofs.filter(Boolean).join(", ");
}

export function evidenceWords({ evidence, person, is_me }: Card): string {
  if (is_me) return ngettext("What proves it: {n} answer", "What proves it: {n} answers", evidence.length);
  return ngettext("Why {name}: {n} answer", "Why {name}: {n} answers", evidence.length, { name: person.name });
}

/** What became of a question, as whoever asked or was asked sees it. */
export function requestWords({ state, mine, person }: Request): string {
  const { name } = person;
  if (mine) {
    return {
      asked: _("{name} has not answered yet", { name }), accepted: _("{name} will answer", { name }),
      passed: _("{name} cannot answer now; others can", { name }), answered: _("{name} has answered", { name }),
    }[state];
  }
  return state === "asked" ? _("{name} asks you", { name }) : _("You will answer {name}", { name });
}

/** Questions that wait for a word of the reader come first; what is over does not count. */
export function sortRequests(requests: readonly Request[]): { readonly forMe: readonly Request[]; readonly mine: readonly Request[] } {
  const forMe = requests.filter(({ mine, state }) => !mine && (state === "asked" || state === "accepted"));
  return { forMe: [...forMe].sort((a, b) => Number(a.state !== "asked") - Number(b.state !== "asked")), mine: requests.filter(({ mine }) => mine) };
}
