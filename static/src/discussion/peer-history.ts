import { html, nothing, type TemplateResult } from "lit";
import { diffWords, type Change } from "../shared/diff.ts";
import { _, rich } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { failure } from "../shared/notices.ts";
import "../shared/peer-dialog.ts";
import { timeAgo } from "../shared/peer-time.ts";
import { nameOf } from "../shared/people.ts";
import type { App } from "./app.ts";
import type { Post, Version } from "./types.ts";

/** The versions of a post in a dialog, newest first, each with what it changed. */
export class PeerHistory extends LightElement {
  static override properties = {
    app: { attribute: false }, post: { attribute: false }, versions: { state: true }, error: { state: true },
  };
  app!: App;
  post!: Post;
  versions: readonly Version[] | null = null;
  error: unknown = null;

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
    return html`<ol role="list" class="versions">${versions.map((version, at) =>
      versionItem(version, versions[at + 1]))}</ol>`;
  }
}

function versionItem(version: Version, before: Version | undefined): TemplateResult {
  const said = before ? _("Changed by {name}, {time}", { name: nameOf(version.editor) })
    : _("Written by {name}, {time}", { name: nameOf(version.editor) });
  const hasTitle = version.title !== null;
  return html`<li><p class="small muted">${rich(said, { time: timeAgo(version.edited_at) })}</p>${
    hasTitle ? html`<p class="version-title" dir="auto">${changes(before?.title ?? version.title ?? "", version.title ?? "")}</p>` : nothing}
    <div class="version-text" dir="auto">${changes(before?.source ?? version.source, version.source)}</div></li>`;
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
