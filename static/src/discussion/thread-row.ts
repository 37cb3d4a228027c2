/** One thread in the list: state by shape and word, title, who and when, votes and posts. */
import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _, formatNumber, ngettext, rich } from "../shared/i18n.ts";
import { icon, type IconName } from "../shared/icons.ts";
import { avatar, nameOf, roleBadge } from "../shared/people.ts";
import { timeAgo } from "../shared/peer-time.ts";
import type { Thread } from "./types.ts";

interface RowOptions {
  readonly level: number;
  readonly isCurrent: boolean;
  /** Whether a pinned row says so itself: no heading above it does. */
  readonly isPinMarked: boolean;
  /** While the team selects threads: whether this one is, and how that changes. */
  readonly select?: { readonly isOn: boolean; toggle(thread: Thread, isRange: boolean): void } | undefined;
  /** In place of the title's text, and below the line about the thread. */
  readonly title?: unknown;
  readonly below?: unknown;
  /** In which discussion it is, where that is not the one whose list this is. */
  readonly where?: unknown;
  open(event: MouseEvent, thread: Thread): void;
}

export function threadRow(thread: Thread, { level, isCurrent, isPinMarked, open, title, below, where, select }: RowOptions): TemplateResult {
  const style = `row ${thread.is_unread ? "unread" : ""} ${isCurrent ? "is-current" : ""} ${select ? "selecting" : ""}`;
  return html`<article class=${style} data-thread=${thread.id}>
    ${select ? html`<input type="checkbox" .checked=${select.isOn} aria-label=${_("Select “{title}”", { title: titleOf(thread) })}
      @click=${(event: MouseEvent) => select.toggle(thread, event.shiftKey)}>` : nothing}${stateMark(thread)}
    <div>${heading(level, html`${thread.is_unread
        ? html`<span class="dot"></span><span class="sr">${_("Unread.")} </span>`
        : nothing}<a href=${thread.url} aria-current=${isCurrent || nothing} dir="auto"
        @click=${(event: MouseEvent) => open(event, thread)}>${title ?? titleOf(thread)}</a>`, { style: "row-title" })}
      <p class="meta">${meta(thread, isPinMarked, where)}</p>${below ?? nothing}</div>
    ${rowEnd(thread)}
  </article>`;
}

/** A removed thread has no title left. */
export function titleOf(thread: Thread): string {
  return thread.title || _("Removed thread");
}

function stateMark(thread: Thread): TemplateResult {
  const [name, word, tone] = stateOf(thread);
  return html`<span class="state ${tone}">${icon(name, "l")}<span class="sr">${word}</span></span>`;
}

function stateOf({ state, kind }: Thread): [IconName, string, string] {
  if (state === "answered") return ["check-circle", _("Answered question."), "success"];
  if (state === "closed") return ["lock", kind === "question" ? _("Closed question.") : _("Closed discussion."), ""];
  if (kind === "announcement") return ["staff", _("Announcement."), ""];
  return kind === "question" ? ["question", _("Open question."), ""] : ["chat", _("Discussion."), ""];
}

function meta(thread: Thread, isPinMarked: boolean, where: unknown): TemplateResult {
  return html`${isPinMarked ? html`<span class="badge">${icon("pin")} ${_("Pinned")}</span>` : nothing}${
    roleBadge(thread.author.role)}${audienceBadge(thread)}${thread.private_count
      ? html`<span class="badge">${icon("lock")} ${ngettext("{n} private", "{n} private", thread.private_count)}</span>` : nothing}${stateText(thread)}${
    thread.is_endorsed ? html`<span>${_("endorsed by the course team")}</span>` : nothing}<span>${
    rich(whoText(thread), { time: timeAgo(thread.created_at) })}</span>${where ?? nothing}${thread.tags.map(tagButton)}`;
}

/** Asks the search above the list for all threads of a tag. */
export function tagButton(tag: string): TemplateResult {
  const ask = (event: Event): unknown => event.currentTarget?.dispatchEvent(new CustomEvent("peer-tag", { detail: tag, bubbles: true }));
  return html`<button class="tag" type="button" dir="auto" aria-label=${_("{tag}: all threads with this tag", { tag })} @click=${ask}>${tag}</button>`;
}

export function audienceBadge({ audience }: Pick<Thread, "audience">): unknown {
  if (audience.kind === "course") return nothing;
  const text = audience.kind === "staff" ? _("Course team only") : _("Only {group}", { group: audience.group ?? "" });
  return html`<span class="badge">${icon("lock")} ${text}</span>`;
}

function stateText(thread: Thread): unknown {
  if (thread.deleted) return html`<span>${_("Removed")}</span>`;
  if (thread.state === "answered") return html`<span class="ok">${answeredText(thread)}</span>`;
  if (thread.state === "closed") return html`<span>${_("Closed")}</span>`;
  if (thread.answers_hidden) return html`<span>${_("Answer first")}</span>`;
  if (thread.kind === "announcement") return html`<span>${_("Announcement")}</span>`;
  if (thread.kind === "discussion") return nothing;
  const n = thread.response_count;
  return html`<span>${n === 0 ? _("No answer yet")
    : ngettext("{n} answer, not accepted", "{n} answers, none accepted", n)}</span>`;
}

function answeredText({ answered_by: person }: Thread): string {
  if (!person) return _("Answered");
  return person.is_me ? _("Answered by you") : _("Answered by {name}", { name: nameOf(person) });
}

/** The sentence keeps `{time}` for the moment. */
function whoText({ author, kind }: Thread): string {
  const asked = kind === "question";
  if (author.is_me) return asked ? _("You asked {time}") : _("You posted {time}");
  if (author.kind === "anonymous") {
    return asked ? _("Asked anonymously {time}") : _("Posted anonymously {time}");
  }
  const values = { name: nameOf(author) };
  return asked ? _("{name} asked {time}", values) : _("{name} posted {time}", values);
}

function rowEnd(thread: Thread): TemplateResult {
  const { vote_count: votes, post_count: posts, new_count: fresh } = thread;
  return html`<div class="row-end"><span class="facepile">${avatar(thread.author, "s")}</span>
    <span class="stat ${votes >= 10 ? "hot" : ""}">${icon("up")}<span aria-hidden="true">${formatNumber(votes)}</span>
      <span class="sr">${ngettext("{n} vote", "{n} votes", votes)}</span></span>
    <span class="stat">${icon("chat")}<span aria-hidden="true">${formatNumber(posts)}</span>
      <span class="sr">${ngettext("{n} reply", "{n} replies", posts)}</span>${fresh > 0 && thread.is_unread
      ? html`<b class="plus"><span aria-hidden="true">+${formatNumber(fresh)}</span><span class="sr">${
          ngettext("{n} new", "{n} new ones", fresh)}</span></b>`
      : nothing}</span></div>`;
}
