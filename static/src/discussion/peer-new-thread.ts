import { html, nothing, type TemplateResult } from "lit";
import { EMPTY_DRAFT, type Draft } from "../shared/drafts.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import type { ErrorOf, PeerComposer, Words } from "../shared/peer-composer.ts";
import "../shared/peer-composer.ts";
import { lazy } from "../shared/peer-lazy.ts";
import type { Sending } from "../shared/sender.ts";
import type { App } from "./app.ts";
import { identityChoice } from "./identity.ts";
import { tagField } from "./tags.ts";
import type { Post, Space, Thread, Viewer } from "./types.ts";

interface Created {
  readonly thread: Thread;
  readonly opening: Post;
}

/** The composer of a new thread: question or discussion, title, text, identity. */
export class PeerNewThread extends LightElement {
  static override properties = {
    app: { attribute: false },
    viewer: { attribute: false },
    space: { attribute: false },
  };
  app!: App;
  viewer!: Viewer;
  space: Space | null = null;

  readonly #sending: Sending<Created> = {
    create: (draft, key) => this.app.operations.createThread(draft, key),
    amend: async ({ thread, opening }, draft) => {
      const changed = await this.app.operations.editPost(opening, draft, opening.revision);
      return { thread: { ...thread, ...changed.thread }, opening: changed.post };
    },
  };

  protected override render(): TemplateResult {
    return html`<peer-composer .host=${this.app} .place=${"thread"} .words=${wordsFor} .sending=${this.#sending}
      .above=${this.#kinds} .under=${this.#similar} .below=${this.#tags} .fields=${["tags"]} .identity=${this.#identity} .cancellable=${true} .initial=${this.#initial()}
      @peer-cancel=${this.#forward} @peer-sent=${this.#forward}></peer-composer>`;
  }

  #initial(): Draft {
    return { ...EMPTY_DRAFT, kind: this.space?.kinds[0] ?? EMPTY_DRAFT.kind };
  }

  get #composer(): PeerComposer<Created> | undefined {
    return this.find<PeerComposer<Created>>("peer-composer");
  }

  async focusTitle(): Promise<void> {
    await this.updateComplete;
    await this.#composer?.focusOn(".composer-title");
  }

  #forward(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  }

  #kinds = (draft: Draft): unknown => {
    const kinds = this.space?.kinds ?? [];
    if (kinds.length < 2) return nothing;
    return html`<div class="composer-top"><div class="seg" role="radiogroup" aria-label=${_("Kind of thread")}>${
      kinds.map((kind) => html`<label>${icon(KIND_ICONS[kind])} ${kindName(kind)}<input type="radio" name="kind" .checked=${draft.kind === kind}
        @change=${() => this.#composer?.change({ kind })}></label>`)}</div></div>`;
  };

  #tags = (draft: Draft, errorOf: ErrorOf): unknown =>
    tagField(draft, { app: this.app, error: errorOf("tags"), change: (tags) => this.#composer?.change({ tags }) });

  #similar = ({ title }: Draft): unknown =>
    lazy(this.app.scriptUrl("search"), () => html`<peer-similar .app=${this.app} .title=${title}></peer-similar>`, "quiet");

  #identity = (draft: Draft): unknown =>
    identityChoice(draft, {
      viewer: this.viewer,
      space: this.space,
      audience: null,
      choose: (anonymous) => this.#composer?.change({ anonymous }),
    });
}

const KIND_ICONS = { question: "question", discussion: "chat", announcement: "staff" } as const;

function kindName(kind: Thread["kind"]): string {
  if (kind === "announcement") return _("Announcement");
  return kind === "question" ? _("Question") : _("Discussion");
}

function wordsFor(draft: Draft): Words {
  const label = _("New thread");
  if (draft.kind === "announcement") {
    return {
      label, send: _("Announce"), title: _("What you announce, in one sentence"),
      body: _("The announcement"), hint: _("What changes, for whom, and from when?"),
    };
  }
  if (draft.kind === "discussion") {
    return {
      label, send: _("Start the discussion"), title: _("What you want to talk about, in one sentence"),
      body: _("Your thoughts"), hint: _("What have you seen, tried or read? What do you think of it?"),
    };
  }
  return {
    label, send: _("Ask the question"), title: _("Your question in one sentence"),
    body: _("Details"), hint: _("What did you try? Where does it stop making sense?"),
  };
}

define("peer-new-thread", PeerNewThread);
