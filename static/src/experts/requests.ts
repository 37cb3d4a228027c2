/** Questions between two people: those put to the reader, to accept or pass on; and those that the reader put. */
import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { avatar } from "../shared/people.ts";
import { timeAgo } from "../shared/peer-time.ts";
import type { Request } from "./types.ts";
import { requestWords, sortRequests } from "./words.ts";

interface Requests {
  readonly requests: readonly Request[];
  readonly level: number;
  /** Ids of those whose answer is on its way. */
  readonly busy: ReadonlySet<string>;
  answer(request: Request, accept: boolean): void;
}

export function requestSections(view: Requests): TemplateResult {
  const { forMe, mine } = sortRequests(view.requests);
  return html`${forMe.length ? forReader(forMe, view) : nothing}${mine.length ? ofReader(mine) : nothing}`;
}

function forReader(requests: readonly Request[], view: Requests): TemplateResult {
  return html`<section class="stack tight" aria-labelledby="requests-title">
    ${heading(view.level, _("Questions for you"), { style: "h-section", id: "requests-title" })}
    <ul role="list" class="rows">${requests.map((request) => row(request, actions(request, view)))}</ul></section>`;
}

function ofReader(requests: readonly Request[]): TemplateResult {
  return html`<details class="more"><summary>${ngettext("{n} question that you asked", "{n} questions that you asked", requests.length)} ${icon("down", "turn")}</summary>
    <ul role="list" class="rows folded">${requests.map((request) => row(request, nothing))}</ul></details>`;
}

function row(request: Request, acts: unknown): TemplateResult {
  const title = request.title || _("This question was removed");
  return html`<li class="request" data-request=${request.id}>${avatar(request.person, "s")}<div><p class="row-title">${request.title
    ? html`<a href=${request.url} target="_top" dir="auto">${title}</a>` : title}</p>
    <p class="small muted">${requestWords(request)}, ${timeAgo(request.asked_at)}</p></div>${acts}</li>`;
}

function actions(request: Request, { busy, answer }: Requests): TemplateResult {
  if (request.state === "accepted") return html`<a class="btn s" href=${request.url} target="_top">${_("Answer in the thread")}</a>`;
  const isBusy = busy.has(request.id) || nothing;
  return html`<div class="actions"><button class="btn s" type="button" aria-busy=${isBusy} @click=${() => answer(request, true)}>${
    _("Accept")}<span class="sr"> ${request.title}</span></button><button class="btn quiet s" type="button" aria-busy=${isBusy} @click=${() => answer(request, false)}>${
    _("Pass")}<span class="sr"> ${request.title}</span></button></div>`;
}
