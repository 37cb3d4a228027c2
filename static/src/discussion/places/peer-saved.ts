import { html, nothing, type TemplateResult } from "lit";
import { explain } from "../../shared/errors.ts";
import { heading } from "../../shared/heading.ts";
import { _, ngettext, rich } from "../../shared/i18n.ts";
import { icon } from "../../shared/icons.ts";
import { define } from "../../shared/light-element.ts";
import { banner, empty } from "../../shared/notices.ts";
import { timeAgo } from "../../shared/peer-time.ts";
import { nameOf, type Person } from "../../shared/people.ts";
import { isPlainClick } from "../../shared/plain-click.ts";
import { PagedList, type Page } from "./paged-list.ts";

interface SavedPost {
  readonly id: string;
  readonly thread: string;
  /** Of the thread; "" for one that was removed. */
  readonly title: string;
  readonly depth: 0 | 1 | 2;
  readonly author: Person;
  readonly excerpt: string;
  readonly created_at: string;
  readonly is_deleted: boolean;
  readonly url: string;
}

/** The posts that the reader saved. One that is taken off stays on the page, so that it can be saved again. */
export class PeerSaved extends PagedList<SavedPost> {
  static override properties = { ...PagedList.properties, forgotten: { state: true }, failed: { state: true } };
  forgotten: ReadonlySet<string> = new Set();
  /** Why the last change was not made. */
  failed = "";
  readonly #pending = new Set<string>();

  protected get label(): string {
    return _("What you saved");
  }

  protected async fetch(cursor: string | null, signal: AbortSignal): Promise<Page<SavedPost>> {
    const query = cursor ? { cursor } : {};
    const { posts, next } = await this.app.api.call<{ posts: SavedPost[]; next: string | null }>("list_saved", query, { signal });
    return { items: posts, next };
  }

  protected row(post: SavedPost): TemplateResult {
    const open = (event: MouseEvent): void => {
      if (!isPlainClick(event)) return;
      event.preventDefault();
      this.app.open(post.thread, post.id);
    };
    const link = html`<a href=${post.url} dir="auto" @click=${open}>${post.title || _("Removed thread")}</a>`;
    const isSaved = !this.forgotten.has(post.id);
    const name = post.title || _("Removed thread");
    return html`<article class="row ${isSaved ? "" : "is-off"}" data-post=${post.id} data-thread=${post.thread}><span class="state">${icon(post.depth === 0 ? "chat" : "reply", "l")}</span>
      <div>${heading(this.app.level + 1, link, { style: "row-title" })}
      <p class="meta"><span>${rich(whoText(post), { time: timeAgo(post.created_at) })}</span></p>
      ${post.is_deleted ? html`<p class="excerpt">${_("Removed")}</p>` : html`<p class="excerpt" dir="auto">${post.excerpt}</p>`}</div>
      <button class="btn quiet s above" type="button" @click=${() => void this.#toggle(post)}>${icon(isSaved ? "close" : "bookmark")} ${
        isSaved ? _("Take off") : _("Save again")}<span class="sr">: ${name}</span></button></article>`;
  }

  async #toggle({ id }: SavedPost): Promise<void> {
    if (this.#pending.has(id)) return;
    const on = this.forgotten.has(id);
    this.#pending.add(id);
    this.failed = "";
    this.#show(id, on);
    try {
      await this.app.api.call("save_post", { post: id, on });
    } catch (error) {
      this.#show(id, !on);
      this.failed = explain(error);
    } finally {
      this.#pending.delete(id);
    }
  }

  #show(id: string, isSaved: boolean): void {
    const others = [...this.forgotten].filter((known) => known !== id);
    this.forgotten = new Set(isSaved ? others : [...others, id]);
  }

  protected override render(): TemplateResult {
    return html`${this.failed ? banner({ tone: "danger", what: _("Nothing was changed."), meaning: this.failed }) : nothing}${super.render()}`;
  }

  protected idOf({ id }: SavedPost): string {
    return id;
  }

  protected empty(): TemplateResult {
    return empty({
      level: this.app.level + 1, title: _("You have saved nothing yet"),
      text: _("“Save” in the menu of a post, or the S key, keeps it here. Nobody else sees what you save."),
    });
  }

  protected counted(n: number): string {
    return ngettext("{n} post saved", "{n} posts saved", n - this.forgotten.size);
  }
}

/** The sentence keeps `{time}` for the moment. */
function whoText({ author, depth }: SavedPost): string {
  if (author.is_me) return depth === 0 ? _("You posted {time}") : _("You responded {time}");
  const values = { name: nameOf(author) };
  return depth === 0 ? _("{name} posted {time}", values) : _("{name} responded {time}", values);
}

define("peer-saved", PeerSaved);
