import { html, nothing, type TemplateResult } from "lit";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { lazy, type PeerLazy } from "../shared/peer-lazy.ts";
import type { Toast } from "../shared/peer-toast.ts";
import { nameOf } from "../shared/people.ts";
import { COMMENT_STEP, type Span } from "./comment-spans.ts";
import "./peer-post.ts";
import type { PeerReply } from "./peer-reply.ts";
import { isPrivate } from "./thread-model.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Post, Written } from "./types.ts";

/** What the thread says to each of its responses: one object, replaced when anything in it changes. */
export interface Marks {
  readonly editing: string | null;
  readonly target: string | null;
  readonly toast: { readonly anchor: string; readonly toast: Toast } | null;
  readonly isNew: (post: Post) => boolean;
}

/** A response with its comments, and the composer of one more. */
export class PeerResponse extends LightElement {
  static override properties = {
    view: { attribute: false }, post: { attribute: false }, span: { attribute: false }, marks: { attribute: false },
    commenting: { attribute: false }, line: { attribute: false }, position: { attribute: false },
  };
  view!: ThreadView;
  post!: Post;
  span: Span = { from: 0, to: 0 };
  marks!: Marks;
  commenting = false;
  /** The line "New since your last visit" stands above this response. */
  line = false;
  /** Place in the feed and its size (-1: unknown). */
  position: readonly [number, number] | null = null;

  protected override render(): TemplateResult {
    const { post, marks } = this;
    const isTarget = marks.target === post.id;
    const style = `response ${post.is_accepted ? "accepted" : ""} ${isTarget ? "is-target" : ""}`;
    return html`${this.line ? html`<p class="since">${_("New since your last visit")}</p>` : nothing}
      <article class=${style} tabindex="-1" data-post=${post.id} data-number=${isPrivate(post) ? nothing : post.number}
        aria-labelledby="head-${post.id}" aria-posinset=${this.position?.[0] ?? nothing}
        aria-setsize=${this.position?.[1] ?? nothing}>
        ${post.is_accepted ? this.#ribbon() : this.#endorsement()}${isTarget ? targetNote() : nothing}
        ${this.#post(post)}${this.#comments()}
      </article>`;
  }

  #post(post: Post): TemplateResult {
    const { marks } = this;
    const toast = marks.toast?.anchor === post.id ? marks.toast.toast : null;
    return html`<peer-post .view=${this.view} .post=${post} .editing=${marks.editing === post.id} .toast=${toast}
      .isNew=${marks.isNew(post)} .answerable=${this.post.can.comment}></peer-post>`;
  }

  #ribbon(): TemplateResult {
    const { accepted_by: by, is_endorsed, endorsed_by } = this.post;
    const accepted = by ? _("Accepted by {name}", { name: nameOf(by) }) : _("Accepted answer");
    const endorsed = endorsed_by ? _("and endorsed by {name}", { name: nameOf(endorsed_by) }) : _("and endorsed by the course team");
    return html`<p class="ribbon">${icon("check-circle")} ${accepted}${is_endorsed ? html` <span>${endorsed}</span>` : nothing}</p>`;
  }

  /** The staff voice on a response that is not the accepted one. */
  #endorsement(): unknown {
    const { is_endorsed, endorsed_by: by } = this.post;
    if (!is_endorsed) return nothing;
    const words = by ? _("Endorsed by {name}", { name: nameOf(by) }) : _("Endorsed by the course team");
    return html`<p class="endorsement"><span class="badge staff">${icon("staff")} ${words}</span></p>`;
  }

  #comments(): unknown {
    const { post, span } = this;
    const shown = post.comments.slice(span.from, span.to);
    const last = shown.at(-1)?.ordinal ?? 0;
    const left = post.comment_total - last;
    if (shown.length === 0 && left <= 0 && !this.commenting) return nothing;
    const label = ngettext("{n} comment", "{n} comments", Math.max(post.comment_count, shown.length));
    return html`<div class="comments" role="group" aria-label=${label}>
      ${span.from > 0 ? this.#moreButton(_("Show earlier comments"), () => this.view.data.earlierComments(post)) : nothing}
      ${shown.map((comment, at) => html`${this.#gap(comment, (shown[at - 1] ?? post.comments[span.from - 1])?.ordinal ?? 0)}${
        this.#comment(comment)}`)}
      ${left > 0 ? this.#moreButton(moreLabel(left), () => this.view.data.moreComments(post)) : nothing}
      ${this.commenting ? this.#composer() : nothing}</div>`;
  }

  /** In place of comments that are not here: a link brought only the first and those around its own. */
  #gap(next: Post, before: number): unknown {
    const missing = next.ordinal - before - 1;
    if (missing <= 0) return nothing;
    return html`<div class="gap">${this.#moreButton(gapLabel(missing), () => this.view.data.fillGap(this.post, next))}</div>`;
  }

  #comment(comment: Post): TemplateResult {
    const isTarget = this.marks.target === comment.id;
    return html`<article class="comment-frame ${isTarget ? "is-target" : ""}" tabindex="-1" data-post=${comment.id}
      data-number=${isPrivate(comment) ? nothing : comment.number} aria-labelledby="head-${comment.id}">${isTarget ? targetNote() : nothing}${
      this.#post(comment)}</article>`;
  }

  #moreButton(text: string, load: () => Post | null | Promise<Post | null>): TemplateResult {
    return html`<button class="btn quiet s start" type="button" @click=${() => void this.#more(load)}>${
      icon("down")} ${text}</button>`;
  }

  /** Focus goes to the first comment that came. */
  async #more(load: () => Post | null | Promise<Post | null>): Promise<void> {
    const first = await load();
    await this.updateComplete;
    if (first) await this.focusOn(`[data-post="${first.id}"]`);
  }

  #composer(): TemplateResult {
    const { post, view } = this;
    return lazy(view.app.editorUrl, () => html`<peer-reply .view=${view} .response=${post}
      @peer-cancel=${() => view.stopCommenting(post)}
      @peer-sent=${(event: CustomEvent<Written>) => view.stopCommenting(post, event.detail)}></peer-reply>`);
  }

  /** Put the caret into the open comment, after `words`. */
  async write(words: string): Promise<void> {
    await this.updateComplete;
    await this.find<PeerLazy>(".comments > peer-lazy")?.load();
    await this.find<PeerReply>("peer-reply")?.write(words);
  }
}

function moreLabel(left: number): string {
  return left > COMMENT_STEP
    ? _("Show {n} of {left} more comments", { n: COMMENT_STEP, left })
    : ngettext("Show {n} more comment", "Show {n} more comments", left);
}

function gapLabel(missing: number): string {
  return missing > COMMENT_STEP
    ? _("Show {n} of {left} earlier comments", { n: COMMENT_STEP, left: missing })
    : ngettext("Show {n} earlier comment", "Show {n} earlier comments", missing);
}

export function targetNote(): TemplateResult {
  return html`<p class="target-note">${icon("link")} ${_("The link that you followed points here")}</p>`;
}

define("peer-response", PeerResponse);
