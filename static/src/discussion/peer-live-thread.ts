import { ngettext } from "../shared/i18n.ts";
import { define } from "../shared/light-element.ts";
import { countMounted, MAX_MOUNTED } from "./comment-spans.ts";
import { LiveBar, type News } from "./live-bar.ts";
import { findPost, nextOf } from "./thread-model.ts";
import type { ThreadView } from "./thread-view.ts";
import type { NewPosts, Post } from "./types.ts";

/** What others wrote in the open thread since it was loaded. */
export class PeerLiveThread extends LiveBar {
  static override properties = { view: { attribute: false } };
  view!: ThreadView;
  #responses = 0;
  #comments = 0;
  /** Where the thread was known to end when these were counted. */
  #after = -1;

  protected async look(): Promise<News> {
    const { app, data, thread } = this.view;
    const after = data.known;
    const { responses, comments, last_number, interval_s } = await app.operations.watchThread(thread.id, after);
    const found = responses + comments > 0;
    const isMore = responses + comments > this.#responses + this.#comments || after !== this.#after;
    if (!found) data.known = Math.max(data.known, last_number);
    [this.#responses, this.#comments, this.#after] = [responses, comments, after];
    return { interval_s, found: found && isMore };
  }

  protected get label(): string {
    if (this.view.data.known !== this.#after) return "";
    const [responses, comments] = [this.#responses, this.#comments];
    if (comments === 0 && responses === 0) return "";
    if (comments === 0) return ngettext("{n} new response: show it", "{n} new responses: show them", responses);
    if (responses === 0) return ngettext("{n} new comment: show it", "{n} new comments: show them", comments);
    return ngettext("{n} new post: show it", "{n} new posts: show them", responses + comments);
  }

  protected async show(): Promise<void> {
    const { app, data, thread } = this.view;
    const came = await app.operations.listNewPosts(thread.id, data.known);
    const first = came.posts.find((post) => data.model && !findPost(data.model, post.id));
    if (first) await (this.#fits(came) ? this.#append(came) : this.view.jump(first.id));
    data.known = came.posts.at(-1)?.number ?? data.known;
    if (first) await this.view.focusPost(first.id);
  }

  /** Whether all of it belongs at the end of what is on the page, and there is room. */
  #fits({ posts, more }: NewPosts): boolean {
    const { model, spans, tops } = this.view.data;
    if (!model || more || nextOf(model) !== null || model.order === "newest") return false;
    const arriving = new Set(posts.map(({ id }) => id));
    const isPlaced = (post: Post): boolean =>
      post.depth === 1 || arriving.has(post.parent ?? "") || tops.some(({ id }) => id === post.parent);
    return posts.every(isPlaced) && countMounted(tops, spans) + posts.length <= MAX_MOUNTED;
  }

  #append({ posts, thread }: NewPosts): void {
    const { data } = this.view;
    for (const post of posts) {
      const parent = data.tops.find(({ id }) => id === post.parent);
      if (post.depth === 1) data.takeResponse({ thread, post });
      else if (parent) data.takeComment({ thread, post }, parent);
    }
  }
}

define("peer-live-thread", PeerLiveThread);
