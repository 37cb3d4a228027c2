import { html, nothing, type TemplateResult } from "lit";
import { diffWords, type Change } from "../shared/diff.ts";
import { EMPTY_DRAFT } from "../shared/drafts.ts";
import { explain } from "../shared/errors.ts";
import { _, rich } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner, failure } from "../shared/notices.ts";
import "../shared/peer-dialog.ts";
import { timeAgo } from "../shared/peer-time.ts";
import { nameOf } from "../shared/people.ts";
import type { App } from "./app.ts";
import type { Post, Version } from "./types.ts";

/** The versions of a post in a dialog, newest first, each with what it changed. */
export class PeerHistory extends LightElement {
  static override properties = {
    app: { attribute: false }, post: { attribute: false }, versions: { state: true }, error: { state: true },
    refusal: { state: true }, busy: { state: true },
  };
  app!: App;
  post!: Post;
  versions: readonly Version[] | null = null;
  error: unknown = null;
  /** Why a version did not come back; "" when nothing stands in its way. */
  refusal = "";
  /** The number of the version that is on its way back. */
  busy: number | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    this.error = null;
    try {
      const { versions } = await this.app.operations.getHistory(this.post.id);
      this.versions = versions;
    } catch (error) {
      this.error = error;
    }
  }

  protected override render(): TemplateResult {
    return html`<peer-dialog wide .name=${_("What changed")} .level=${this.app.level + 1} .content=${this.#content()}
      @peer-close=${() => this.dispatchEvent(new CustomEvent("peer-close"))}></peer-dialog>`;
  }

  #content(): unknown {
    if (this.error) {
      const retry = (): void => void this.#load();
      return failure({ level: this.app.level + 2, title: _("The versions did not load"), error: this.error, retry });
    }
    const { versions } = this;
    if (!versions) return html`<peer-skeleton .label=${_("Loading the versions")} .count=${2}></peer-skeleton>`;
    return html`${this.refusal ? banner({ tone: "danger", what: this.refusal }) : nothing}<ol role="list" class="versions">${
      versions.map((version, at) => html`<li>${versionItem(version, versions[at + 1])}${this.#way(version, versions[0])}</li>`)}</ol>`;
  }

  /** The way back to an earlier version, for who may edit the post. */
  #way(version: Version, current: Version | undefined): unknown {
    if (!this.post.can.edit || !current || version === current) return nothing;
    return html`<p><button class="btn s" type="button" aria-busy=${this.busy === version.revision || nothing}
      @click=${() => void this.#restore(version, current)}>${_("Go back to this version")}</button></p>`;
  }

  async #restore({ title, source, revision: chosen }: Version, { revision }: Version): Promise<void> {
    if (this.busy !== null) return;
    this.busy = chosen;
    this.refusal = "";
    try {
      const draft = { ...EMPTY_DRAFT, title: title ?? "", body: source };
      const written = await this.app.operations.editPost(this.post, draft, revision);
      this.dispatchEvent(new CustomEvent("peer-restored", { detail: written }));
    } catch (error) {
      this.refusal = _("The version did not come back. {why}", { why: explain(error) });
    } finally {
      this.busy = null;
    }
  }
}

function versionItem(version: Version, before: Version | undefined): TemplateResult {
  const said = before ? _("Changed by {name}, {time}", { name: nameOf(version.editor) })
    : _("Written by {name}, {time}", { name: nameOf(version.editor) });
  const hasTitle = version.title !== null;
  return html`<p class="small muted">${rich(said, { time: timeAgo(version.edited_at) })}</p>${
    hasTitle ? html`<p class="version-title" dir="auto">${changes(before?.title ?? version.title ?? "", version.title ?? "")}</p>` : nothing}
    <div class="version-text" dir="auto">${changes(before?.source ?? version.source, version.source)}</div>`;
}

function changes(before: string, after: string): unknown {
  return diffWords(before, after).map(mark);
}

function mark({ kind, text }: Change): unknown {
  if (kind === "added") return html`<ins><span class="sr">${_("added:")} </span>${text}</ins>`;
  if (kind === "removed") return html`<del><span class="sr">${_("removed:")} </span>${text}</del>`;
  return text;
}

define("peer-history", PeerHistory);
