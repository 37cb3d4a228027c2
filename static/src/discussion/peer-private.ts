import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { lazy, type PeerLazy } from "../shared/peer-lazy.ts";
import { spanOf } from "./comment-spans.ts";
import type { PeerReply } from "./peer-reply.ts";
import type { Marks } from "./peer-response.ts";
import "./peer-response.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Written } from "./types.ts";

/** What a learner and the team say to each other alone, between the opening and the responses. */
export function talks(view: ThreadView, marks: Marks, commenting: string | null): unknown {
  const posts = view.data.model?.private ?? [];
  if (posts.length === 0) return nothing;
  const title = view.viewer.role ? _("Private, to the team") : _("Between you and the team");
  return html`<section class="talks" aria-labelledby="talks-title">
    ${heading(view.app.level + 1, html`${icon("lock")} ${title}`, { style: "h-small", id: "talks-title" })}
    ${posts.map((post) => html`<peer-response .view=${view} .post=${post} .span=${spanOf(view.data.spans, post)}
      .marks=${marks} .commenting=${commenting === post.id}></peer-response>`)}</section>`;
}

/** Whether this viewer may begin such a talk: the team reads everything here anyway. */
export function mayWritePrivately({ viewer }: ThreadView): boolean {
  return viewer.can_write && !viewer.role && !viewer.is_preview;
}

/** A quiet button below the thread; behind it the composer of words that only the team reads. */
export class PeerPrivate extends LightElement {
  static override properties = { view: { attribute: false }, open: { state: true } };
  view!: ThreadView;
  open = false;

  protected override render(): TemplateResult {
    if (!this.open) {
      return html`<button class="btn quiet s start" type="button" @click=${() => void this.#begin()}>${icon("lock")} ${
        _("Write to the team alone")}</button>`;
    }
    return html`<p class="muted small">${icon("lock")} ${
      _("Only you and the team read this. It is in no list, search or notification of others.")}</p>${
      lazy(this.view.app.editorUrl, () => html`<peer-reply .view=${this.view} .isPrivate=${true}
        @peer-cancel=${() => void this.#end()} @peer-sent=${this.#sent}></peer-reply>`)}`;
  }

  async #begin(): Promise<void> {
    this.open = true;
    await this.updateComplete;
    await this.find<PeerLazy>("peer-lazy")?.load();
    await this.find<PeerReply>("peer-reply")?.write();
  }

  async #end(): Promise<void> {
    this.open = false;
    await this.focusOn(".btn");
  }

  #sent = ({ detail }: CustomEvent<Written>): void => {
    this.open = false;
    this.view.data.takeResponse(detail);
    this.view.notify(detail.post.id, { message: _("Sent. Only you and the team read it.") });
    void this.view.focusPost(detail.post.id);
  };
}

define("peer-private", PeerPrivate);
