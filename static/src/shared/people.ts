/** People as the interface shows them: name, avatar, role. */
import { html, nothing, type TemplateResult } from "lit";
import { _ } from "./i18n.ts";
import { icon } from "./icons.ts";

export type Role = "facilitator" | "staff" | null;

export interface Person {
  readonly name: string;
  readonly kind: "named" | "anonymous" | "former";
  readonly role: Role;
  /** 1..6, from the shown id: a pseudonym has a hue of its own. */
  readonly hue: number;
  readonly is_me: boolean;
  /** Of somebody anonymous, only for those who may know. */
  readonly real_name?: string | null;
}

/** Whoever reads, as a person: for the avatar beside a composer. */
export function asPerson(reader: Pick<Person, "name" | "role" | "hue">, anonymous = false): Person {
  const { name, role, hue } = reader;
  return { name, kind: anonymous ? "anonymous" : "named", role, hue, is_me: true };
}

export function nameOf(person: Person): string {
  return person.kind === "former" ? _("Former learner") : person.name;
}

/** Two graphemes of the shown name: "AM" for Amina, "AL" for Ada Lovelace, "12" for Learner 12. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1) ?? "";
  if (/^\d+$/.test(last)) return last.slice(-2);
  const letters = words.length > 1 ? graphemes(words[0] ?? "", 1) + graphemes(last, 1) : graphemes(last, 2);
  return letters.toUpperCase();
}

function graphemes(text: string, count: number): string {
  const segments = [...new Intl.Segmenter().segment(text)];
  return segments.slice(0, count).map((segment) => segment.segment).join("");
}

export function avatar(person: Person, size: "" | "s" | "l" = ""): TemplateResult {
  if (person.kind === "named") {
    return html`<span class="av c${person.hue} ${size}" aria-hidden="true">${initials(person.name)}</span>`;
  }
  return html`<span class="av anon ${size}" aria-hidden="true">${icon("mask")}</span>`;
}

export function roleBadge(role: Role): TemplateResult | typeof nothing {
  if (!role) return nothing;
  return html`<span class="badge staff">${role === "facilitator" ? _("Facilitator") : _("Course team")}</span>`;
}
