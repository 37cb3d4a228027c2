/** What one may answer to a post without words: chips of what was given, and a menu of the rest. */
import { html, nothing, type TemplateResult } from "lit";
import { _, formatNumber } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import "../shared/peer-menu.ts";
import { nameOf } from "../shared/people.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Post, ReactionCount } from "./types.ts";

const FACE = "M14.25 8a6.25 6.25 0 1 1-12.5 0a6.25 6.25 0 0 1 12.5 0M5.8 6.2v.01M10.2 6.2v.01";
const PATHS: Readonly<Record<string, string>> = {
  thanks: "M8 13.3S2.3 9.9 2.3 6.1A2.9 2.9 0 0 1 8 5a2.9 2.9 0 0 1 5.7 1.1c0 3.8-5.7 7.2-5.7 7.2z",
  insight: "M6 11.5h4M6.5 13.5h3M5.9 11.3C5.9 9.7 4 9 4 6.6a4 4 0 0 1 8 0c0 2.4-1.9 3.1-1.9 4.7",
  celebrate: "M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z",
  same: "M3 6h10M3 10h10",
  lost: `${FACE}M5.5 10.8c.8-1 1.6-1 2.5 0s1.7 1 2.5 0`,
  add: `${FACE}M5.5 9.5c.7 1 1.5 1.5 2.5 1.5s1.8-.5 2.5-1.5`,
};

function words(code: string): string {
  switch (code) {
    case "thanks": return _("Thank you");
    case "insight": return _("I learned something");
    case "celebrate": return _("Well done");
    case "same": return _("Same for me");
    case "lost": return _("I am lost");
    default: return code;
  }
}

function picture(code: string): TemplateResult {
  return html`<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d=${PATHS[code] ?? FACE}></path></svg>`;
}

export function reactions(post: Post, view: ThreadView): unknown {
  const given = post.reactions;
  const left = post.can.react ? view.viewer.reactions.filter((code) => !given.some((one) => one.code === code)) : [];
  return html`${given.map((one) => chip(one, post, view))}${left.length ? more(left, post, view) : nothing}`;
}

function chip({ code, count, is_mine }: ReactionCount, post: Post, view: ThreadView): TemplateResult {
  const label = _("{reaction}: {n}", { reaction: words(code), n: formatNumber(count) });
  return html`<button class="btn quiet s vote" type="button" data-reaction=${code} aria-label=${label} title=${words(code)}
    aria-pressed=${post.can.react ? is_mine : nothing} aria-disabled=${post.can.react ? nothing : "true"}
    @click=${(event: Event) => void give(event.currentTarget as HTMLElement, code, post, view)}>${picture(code)} <span class="num">${
    formatNumber(count)}</span></button>`;
}

function more(left: readonly string[], post: Post, view: ThreadView): TemplateResult {
  const items = left.map((code) => ({ label: words(code), act: () => void give(null, code, post, view) }));
  const label = _("React to {name}’s post", { name: nameOf(post.author) });
  return html`<peer-menu .label=${label} .items=${items} .face=${picture("add")}></peer-menu>`;
}

/** A chip that nobody gives any more leaves, and so does the menu once all are given: then the post has the focus. */
async function give(chip: HTMLElement | null, code: string, post: Post, view: ThreadView): Promise<void> {
  const isLast = chip === null && view.viewer.reactions.length === post.reactions.length + 1;
  await view.data.react(post, code, view.viewer.reactions);
  if (isLast || chip?.isConnected === false) await view.focusPost(post.id);
}

/** For a post that was reported: how often, which opens why. */
export function reports(post: Post, view: ThreadView): unknown {
  if (!post.flag_count) return nothing;
  return html`<button class="btn-link" type="button" @click=${() => view.report(post)}>${icon("flag")} ${
    _("Reports: {n}", { n: formatNumber(post.flag_count) })}</button>`;
}
