import { html, type TemplateResult } from "lit";
import { EMPTY_DRAFT, type Draft } from "../shared/drafts.ts";
import { _ } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import type { PeerComposer, Words } from "../shared/peer-composer.ts";
import "../shared/peer-composer.ts";
import { nameOf } from "../shared/people.ts";
import type { Sending } from "../shared/sender.ts";
import { identityChoice } from "./identity.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Audience, Post, Written } from "./types.ts";

const TEAM: Audience = { kind: "staff", group: null };

/** The composer of a response to the thread, of a comment on `response`, or of words to the team alone. */
export class PeerReply extends LightElement {
  static override properties = { view: { attribute: false }, response: { attribute: false }, isPrivate: { attribute: false } };
  view!: ThreadView;
  response: Post | null = null;
  isPrivate = false;

  readonly #sending: Sending<Written> = {
    create: (draft, key) => this.#create(draft, key),
    amend: ({ post }, draft) => this.view.app.operations.editPost(post, draft, post.revision),
  };

  #create(draft: Draft, key: string): Promise<Written> {
    const { operations } = this.view.app;
    if (this.response) return operations.createComment(this.response.id, draft, key);
    if (this.isPrivate) return operations.createPrivate(this.view.thread.id, draft, key);
    return operations.createResponse(this.view.thread.id, draft, key);
  }

  protected override render(): TemplateResult {
    const { response, isPrivate } = this;
    const place = response ? `comment-${response.id}` : `${isPrivate ? "private" : "response"}-${this.view.thread.id}`;
    return html`<peer-composer .host=${this.view.app} .place=${place} .words=${() => this.#words()}
      .sending=${this.#sending} .identity=${this.#identity} .cancellable=${response !== null || isPrivate}
      .initial=${EMPTY_DRAFT} @peer-cancel=${this.#forward} @peer-sent=${this.#forward}></peer-composer>`;
  }

  #words(): Words {
    if (this.isPrivate) {
      return { label: _("Write to the team"), send: _("Send to the team"), body: _("Your words to the team"), hint: _("Only you and the team read this") };
    }
    if (!this.response) {
      return { label: _("Respond"), send: _("Post response"), body: _("Your response"), hint: _("Say what you know, and how you know it") };
    }
    const body = _("Your comment on {name}’s post", { name: nameOf(this.response.author) });
    return { label: _("Comment"), send: _("Post comment"), body, hint: _("Ask back, or add a detail") };
  }

  #identity = (draft: Draft): unknown =>
    identityChoice(draft, {
      viewer: this.view.viewer,
      space: this.view.app.space,
      audience: this.isPrivate ? TEAM : (this.response ?? this.view.thread).audience,
      choose: (anonymous) => this.#composer?.change({ anonymous }),
    });

  get #composer(): PeerComposer<Written> | undefined {
    return this.find<PeerComposer<Written>>("peer-composer");
  }

  #forward(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  }

  /** Put the caret into the text, after `words` when there are any. */
  async write(words = ""): Promise<void> {
    await this.updateComplete;
    if (words) await this.#composer?.addText(words);
    else await this.#composer?.focusBody();
  }
}

define("peer-reply", PeerReply);
