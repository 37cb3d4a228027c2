import { html, nothing, type TemplateResult } from "lit";
import { explain, Refused } from "../shared/errors.ts";
import { EMPTY_DRAFT, type Draft } from "../shared/drafts.ts";
import { _ } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner, retryButton } from "../shared/notices.ts";
import type { ErrorOf, PeerComposer, Words } from "../shared/peer-composer.ts";
import "../shared/peer-composer.ts";
import { prose } from "../shared/peer-prose.ts";
import type { Sending } from "../shared/sender.ts";
import { tagField } from "./tags.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Post, SourcedPost, Written } from "./types.ts";

/** Editing in place. When somebody saved meanwhile, both texts stand here and the person chooses. */
export class PeerPostEdit extends LightElement {
  static override properties = {
    view: { attribute: false }, post: { attribute: false },
    initial: { state: true }, error: { state: true }, newer: { state: true },
  };
  view!: ThreadView;
  post!: Post;
  initial: Draft | null = null;
  error: unknown = null;
  /** What somebody saved since this edit began. */
  newer: SourcedPost | null = null;

  readonly #sending: Sending<Written> = {
    create: (draft) => this.#save(draft),
    amend: ({ post }, draft) => this.view.app.operations.editPost(post, draft, post.revision),
  };

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    this.error = null;
    try {
      const { title, source, revision, tags } = await this.view.app.operations.getSource(this.post.id);
      this.initial = { ...EMPTY_DRAFT, title: title ?? "", body: source, revision, ...(tags ? { tags: tags.join(", ") } : {}) };
      await this.updateComplete;
      await this.#composer?.focusBody();
    } catch (error) {
      this.error = error;
    }
  }

  /** A repeat of a save that had arrived finds its own text as the newer version: that is success. */
  async #save(draft: Draft): Promise<Written> {
    try {
      return await this.view.app.operations.editPost(this.post, draft, draft.revision ?? this.post.revision);
    } catch (error) {
      const current = newerVersion(error);
      if (current?.source !== draft.body) throw error;
      return { thread: this.view.thread, post: current };
    }
  }

  get #composer(): PeerComposer<Written> | undefined {
    return this.find<PeerComposer<Written>>("peer-composer");
  }

  protected override render(): TemplateResult {
    if (this.error) {
      return banner({ tone: "danger", what: _("The text did not load."), meaning: explain(this.error),
        action: retryButton(() => void this.#load()) });
    }
    if (!this.initial) return html`<p class="muted small" role="status">${_("Loading…")}</p>`;
    return html`${this.newer ? this.#conflict(this.newer) : nothing}<peer-composer .host=${this.view.app}
      .place=${`edit-${this.post.id}`} .words=${() => this.#words()} .sending=${this.#sending} .initial=${this.initial}
      .below=${this.#tags} .fields=${["tags"]} .cancellable=${true} @peer-cancel=${this.#stop} @peer-sent=${this.#onSent} @peer-refused=${this.#onRefused}
      ></peer-composer>`;
  }

  #tags = (draft: Draft, errorOf: ErrorOf): unknown => this.post.depth > 0 ? nothing
    : tagField(draft, { app: this.view.app, error: errorOf("tags"), change: (tags) => this.#composer?.change({ tags }) });

  #words(): Words {
    const title = this.post.depth === 0 ? { title: _("Title") } : {};
    return { label: _("Edit"), send: _("Save the change"), body: _("Text"), hint: "", ...title };
  }

  #conflict(newer: SourcedPost): TemplateResult {
    return html`<section class="conflict" aria-label=${_("Newer version")}>
      ${banner({ tone: "warning", what: _("This was changed while you were writing."),
        meaning: _("Your text is still here, and was not saved. Below is the newer version: keep yours, or go on from theirs.") })}
      <div class="newer" tabindex="0" role="group" aria-label=${_("Newer version")}>${
        prose(newer.html, this.view.app.katexUrl, "")}</div>
      <div class="actions"><button class="btn" type="button" @click=${() => this.#keepMine(newer)}>${_("Keep my text")}</button>
      <button class="btn" type="button" @click=${() => this.#takeNewer(newer)}>${_("Go on from the newer version")}</button></div>
    </section>`;
  }

  #keepMine(newer: SourcedPost): void {
    this.#composer?.change({ revision: newer.revision });
    this.#settle();
  }

  #takeNewer(newer: SourcedPost): void {
    const title = newer.title ?? (this.post.depth === 0 ? this.view.thread.title : "");
    this.#composer?.change({ body: newer.source, revision: newer.revision, title });
    this.#settle();
  }

  #settle(): void {
    this.newer = null;
    void this.#composer?.focusBody();
  }

  #onRefused(event: CustomEvent<unknown>): void {
    const current = newerVersion(event.detail);
    if (!current) return;
    event.preventDefault();
    this.newer = current;
    void this.focusOn(".conflict .btn");
  }

  #onSent(event: CustomEvent<Written>): void {
    this.view.stopEditing(this.post, event.detail);
    const { post } = event.detail;
    if (this.initial && post.revision !== this.initial.revision) this.#offerUndo(post, this.initial);
  }

  /** As it was before: one more version, so that nothing is forgotten. */
  #offerUndo(post: Post, before: Draft): void {
    const { app, data } = this.view;
    const undo = async (): Promise<void> => {
      try {
        data.take(await app.operations.editPost(post, before, post.revision));
        await this.view.focusPost(post.id);
      } catch (error) {
        this.view.notify(post.id, { message: _("Your change was not taken back. {why}", { why: explain(error) }) });
      }
    };
    this.view.notify(post.id, { message: _("Your change is saved."), undo: () => void undo() });
  }

  #stop(): void {
    this.view.stopEditing(this.post);
  }
}

function newerVersion(error: unknown): SourcedPost | null {
  if (!(error instanceof Refused) || error.code !== "stale_edit") return null;
  return (error.details.current as SourcedPost | undefined) ?? null;
}

define("peer-post-edit", PeerPostEdit);
