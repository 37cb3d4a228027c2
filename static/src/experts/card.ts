/** A person's card: when they take questions, what they know, and what proves it. */
import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { avatar, nameOf, roleBadge } from "../shared/people.ts";
import { prose } from "../shared/peer-prose.ts";
import { timeAgo } from "../shared/peer-time.ts";
import type { Card, Evidence, Skill } from "./types.ts";
import { availabilityWords, evidenceWords, languageNames, proofWords, reasonWords } from "./words.ts";

export interface CardView {
  readonly card: Card;
  /** Heading level of the name. */
  readonly level: number;
  readonly katexUrl: string;
  /** Something was searched for: reasons are about that. */
  readonly isSearch: boolean;
  /** The form to ask, when it is open. */
  readonly form: unknown;
  ask(card: Card): void;
  narrow(skill: Skill): void;
}

export function personCard(view: CardView): TemplateResult {
  const { card, form } = view;
  const titleId = `person-${card.id}`;
  if (form === nothing) return html`<article class="expert" data-person=${card.id} aria-labelledby=${titleId}>${body(view, titleId)}${foot(view)}</article>`;
  return html`<article class="expert wide" data-person=${card.id} aria-labelledby=${titleId}><div class="bench"><div class="stack">${body(view, titleId)}${
    card.evidence.length ? evidence(card, true) : nothing}</div>${form}</div></article>`;
}

function body({ card, level, katexUrl, isSearch, narrow }: CardView, titleId: string): TemplateResult {
  const { person, availability, languages, skills } = card;
  const why = [reasonWords(card.reasons, isSearch), languages.length ? `${languageNames(languages)}.` : ""].filter(Boolean).join(" ");
  return html`<div class="expert-head">${avatar(person, "l")}<div>
      ${heading(level, html`<span dir="auto">${nameOf(person)}</span>`, { style: "h-section", id: titleId })}
      <p class="cluster small"><span class="avail ${availability.state}" id="avail-${card.id}">${availabilityWords(availability, new Date())}</span>${
        roleBadge(person.role)}${card.is_new ? html`<span class="badge">${_("New here")}</span>` : nothing}${
        card.is_me ? html`<span class="badge info">${_("You")}</span>` : nothing}</p></div></div>
    ${card.about_html ? prose(card.about_html, katexUrl, "about") : nothing}
    ${why ? html`<p class="small muted">${why}</p>` : nothing}
    ${skills.length ? html`<div class="cluster skills">${skills.map((skill) => html`<button class="tag" type="button" title=${_("Show who knows this")}
      @click=${() => narrow(skill)}>${skill.label}</button>`)}</div>` : nothing}`;
}

function foot({ card, ask }: CardView): TemplateResult {
  const proofs = card.evidence.length ? evidence(card, false) : html`<span class="small muted">${_("No answer to show yet")}</span>`;
  if (card.is_me) return html`<div class="expert-foot">${proofs}</div>`;
  const act = (): void => (card.can_ask ? ask(card) : undefined);
  return html`<div class="expert-foot">${proofs}<button class="btn ask" type="button" aria-disabled=${card.can_ask ? nothing : "true"}
    aria-describedby=${card.can_ask ? nothing : `avail-${card.id}`} @click=${act}>${_("Ask")}<span class="sr"> ${nameOf(card.person)}</span></button></div>`;
}

function evidence(card: Card, isOpen: boolean): TemplateResult {
  return html`<details class="more" ?open=${isOpen}><summary>${evidenceWords(card)} ${icon("down", "turn")}</summary>${evidenceList(card.evidence)}</details>`;
}

export function evidenceList(items: readonly Evidence[]): TemplateResult {
  return html`<ul role="list" class="evidence">${items.map((item) => {
    const proofs = proofWords(item);
    return html`<li>${icon("check-circle", item.accepted || item.endorsed ? "ok" : "")}<span><a href=${item.url} target="_top" dir="auto">${item.title}</a>
      <span class="muted">${proofs ? `${proofs}, ` : ""}${timeAgo(item.at)}</span></span></li>`;
  })}</ul>`;
}
