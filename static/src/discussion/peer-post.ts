import { html, nothing, type TemplateResult } from "lit";
import { _, formatNumber, ngettext, rich } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import type { MenuItem } from "../shared/peer-menu.ts";
import "../shared/peer-menu.ts";
import { lazy } from "../shared/peer-lazy.ts";
import { prose } from "../shared/peer-prose.ts";
import { timeAgo } from "../shared/peer-time.ts";
import type { Toast } from "../shared/peer-toast.ts";
import "../shared/peer-toast.ts";
import { avatar, nameOf, roleBadge, type Person } from "../shared/people.ts";
import { fullTime } from "../shared/time.ts";
import { reactions, reports } from "./reactions.ts";
import { isPrivate } from "./thread-model.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Post } from "./types.ts";

/** One post: who, when, what, and what may be done with it. */
export class PeerPost extends LightElement {
  static override properties = {
    view: { attribute: false }, post: { attribute: false }, toast: { attribute: false },
    editing: { attribute: false }, isNew: { attribute: false }, answerable: { attribute: false },
  };
  view!: ThreadView;
  post!: Post;
  toast: Toast | null = null;
  editing = false;
  isNew = false;
  /** Whether something can be written below it. */
  answerable = false;

  protected override render(): TemplateResult {
    const { post } = this;
    const isComment = post.depth === 2;
    return html`<div class="post ${isComment ? "comment" : ""}" id="post-${post.id}">
      ${avatar(post.author, isComment ? "s" : "")}
      ${this.#head()}
      ${this.editing
        ? html`<div class="post-body">${lazy(this.view.app.editorUrl, () => html`<peer-post-edit .view=${this.view}
            .post=${post}></peer-post-edit>`)}</div>`
        : html`${this.#body()}${this.#actions()}`}
      ${this.toast ? html`<peer-toast class="post-body" .toast=${this.toast}
          @peer-close=${() => this.view.clearToast()}></peer-toast>` : nothing}
    </div>`;
  }

  #head(): TemplateResult {
    const { post } = this;
    const { author } = post;
    return html`<div class="post-head" id="head-${post.id}"><span class="name" dir="auto">${nameOf(author)}</span>${
      roleBadge(author.role)}${this.#anonymous(author)}${this.#private()}${
      this.isNew ? html`<span class="badge new">${_("New")}</span>` : nothing}${timeAgo(post.created_at)}${
      this.#edited()}${reports(post, this.view)}</div>`;
  }

  #private(): unknown {
    if (!isPrivate(this.post)) return nothing;
    return html`<span class="badge">${icon("lock")} ${this.view.viewer.role ? _("Private, to the team") : _("Only you and the team")}</span>`;
  }

  #anonymous({ kind, real_name, is_me }: Person): unknown {
    if (kind !== "anonymous") return nothing;
    return html`<span class="badge">${icon("mask")} ${_("Anonymous")}</span>${real_name && !is_me
      ? html`<span class="muted">${_("{name}, shown to the course team only", { name: real_name })}</span>` : nothing}${
      is_me ? html`<span class="muted">${_("This is you")}</span>` : nothing}`;
  }

  #edited(): unknown {
    const { post } = this;
    if (!post.edited_at || post.deleted) return nothing;
    return html`<button class="btn-link muted" type="button" title=${fullTime(new Date(post.edited_at))}
      @click=${() => this.view.showHistory(post)}>${_("edited")}<span class="sr">: ${_("show what changed")}</span></button>`;
  }

  #body(): TemplateResult {
    const { deleted } = this.post;
    if (!deleted) return prose(this.post.html, this.view.app.katexUrl);
    const said = deleted.by === "author" ? _("Removed by its author, {time}") : _("Removed by the course team, {time}");
    return html`<p class="post-body removed">${rich(said, { time: timeAgo(deleted.at) })}</p>`;
  }

  #actions(): unknown {
    const { post, view } = this;
    if (post.deleted) {
      if (!post.can.restore) return nothing;
      return html`<div class="post-actions"><button class="btn quiet s" type="button"
        @click=${() => void view.data.restore(post)}>${icon("refresh")} ${_("Restore")}</button></div>`;
    }
    return html`<div class="post-actions">${this.#vote()}${this.#answer()}${this.#quote()}${this.#link()}${
      this.#accept()}${reactions(post, view)}${this.#more()}</div>`;
  }

  #vote(): unknown {
    const { post } = this;
    if (isPrivate(post)) return nothing;
    const look = post.depth === 2 && !post.has_voted ? "btn quiet s vote" : "btn s vote";
    return html`<button class=${look} type="button" aria-pressed=${post.can.vote ? post.has_voted : nothing}
      aria-disabled=${post.can.vote ? nothing : "true"} aria-label=${voteLabel(post)} title=${voteLabel(post)}
      @click=${() => void this.view.data.vote(post)}>${icon("up")} <span class="num">${
      formatNumber(post.vote_count)}</span></button>`;
  }

  #answer(): unknown {
    const { post, view } = this;
    if (!this.answerable) return nothing;
    if (post.depth === 0) return this.#button("reply", _("Respond"), () => view.respond());
    if (post.depth === 1) return this.#button("reply", _("Comment"), () => view.comment(post.id));
    return this.#button(null, _("Reply"), () => view.comment(post.parent ?? "", post));
  }

  #quote(): unknown {
    const { post, view } = this;
    if (!this.answerable || post.depth === 2) return nothing;
    return this.#button("quote", _("Quote"), () => view.quote(post), "fairly-roomy");
  }

  #link(): unknown {
    const { post, view } = this;
    return post.depth === 1 ? this.#button("link", _("Copy link"), () => view.copyLink(post), "roomy") : nothing;
  }

  #accept(): unknown {
    const { post, view } = this;
    const isAsker = view.data.model?.opening.is_own ?? false;
    if (!post.can.accept || !isAsker || view.thread.state === "answered") return nothing;
    return this.#button("check", _("Accept"), () => void view.data.accept(post));
  }

  #button(name: "reply" | "quote" | "link" | "check" | null, text: string, act: () => void, style = ""): TemplateResult {
    return html`<button class="btn quiet s ${style}" type="button" @click=${act}>${
      name ? icon(name, name === "reply" ? "flip" : "") : nothing} ${text}</button>`;
  }

  #more(): TemplateResult {
    const label = _("More actions on {name}’s post", { name: nameOf(this.post.author) });
    return html`<peer-menu .label=${label} .items=${this.#items()} .face=${icon("more")}></peer-menu>`;
  }

  #items(): MenuItem[] {
    const { post, view } = this;
    const { can } = post;
    const { can: canThread, is_pinned, state } = view.thread;
    const opens = post.depth === 0;
    const isClosed = state === "closed";
    const items: (MenuItem | false)[] = [
      can.edit && { label: _("Edit"), icon: "edit", key: "e", act: () => view.edit(post) },
      { label: _("Copy link"), icon: "link", key: "l", act: () => view.copyLink(post) },
      !view.viewer.is_preview && {
        label: post.is_saved ? _("Take off what you saved") : _("Save"), icon: "bookmark", key: "s", act: () => void view.data.save(post),
      },
      this.answerable && post.depth < 2 && { label: _("Quote"), icon: "quote", key: "q", act: () => view.quote(post) },
      post.edited_at !== null && { label: _("Show what changed…"), icon: "clock", act: () => view.showHistory(post) },
      can.accept && {
        label: post.is_accepted ? _("Take back the acceptance") : _("Accept this answer"),
        icon: "check-circle", act: () => void view.data.accept(post),
      },
      can.endorse && {
        label: post.is_endorsed ? _("Take back the endorsement") : _("Endorse"),
        icon: "staff", act: () => void view.data.endorse(post),
      },
      opens && canThread.pin && {
        label: is_pinned ? _("Unpin the thread") : _("Pin the thread"), icon: "pin", act: () => void view.data.pin(!is_pinned),
      },
      opens && canThread.close && {
        label: isClosed ? _("Reopen the thread") : _("Close the thread"), icon: "lock", act: () => void view.data.close(!isClosed),
      },
      canThread.organise && post.depth < 2 && post.audience.kind !== "staff" && {
        label: opens ? _("Organise the thread…") : _("Make it a thread of its own…"), icon: "bullets", act: () => view.organise(post),
      },
      can.flag && { label: _("Report…"), icon: "flag", act: () => view.report(post) },
      can.delete && { label: _("Remove"), icon: "trash", danger: true, act: () => view.removePost(post) },
    ];
    return items.filter((item) => item !== false);
  }
}

function voteLabel(post: Post): string {
  const n = post.vote_count;
  if (post.is_own) {
    return ngettext("{n} vote. You cannot vote for your own post", "{n} votes. You cannot vote for your own post", n);
  }
  if (!post.can.vote) return ngettext("{n} vote. You cannot vote here", "{n} votes. You cannot vote here", n);
  if (post.has_voted) return ngettext("Your vote is in, {n} vote", "Your vote is in, {n} votes", n);
  const name = nameOf(post.author);
  return ngettext("Vote for {name}’s post, {n} vote", "Vote for {name}’s post, {n} votes", n, { name });
}

define("peer-post", PeerPost);
