import { _, ngettext } from "../shared/i18n.ts";
import { define } from "../shared/light-element.ts";
import { LiveBar, type News } from "./live-bar.ts";
import type { PeerThreadList } from "./peer-thread-list.ts";
import type { Thread } from "./types.ts";

/** What came into the space since the list was loaded. */
export class PeerLiveList extends LiveBar {
  static override properties = { list: { attribute: false } };
  list!: PeerThreadList;
  /** Id of each thread with news, and whether it is a new one. */
  readonly #waiting = new Map<string, boolean>();
  /** The list's moment that #waiting is about, and the moment of the last look. */
  #loaded = 0;
  #asOf = 0;

  protected async look(): Promise<News> {
    this.#follow();
    const { threads, as_of, interval_s } = await this.list.app.operations.watchSpace(this.#asOf);
    const news = threads.filter((thread) => this.#isNews(thread));
    const fresh = news.filter(({ id }) => !this.#waiting.has(id));
    for (const thread of news) this.#waiting.set(thread.id, seconds(thread.created_at) >= this.#loaded);
    this.#asOf = as_of;
    return { interval_s, found: fresh.length > 0 };
  }

  /** A list that was loaded anew knows all that came before. */
  #follow(): void {
    if (this.#loaded === this.list.asOf) return;
    this.#loaded = this.#asOf = this.list.asOf;
    this.#waiting.clear();
  }

  /** A post that this list does not count yet; an edit or a vote is none. */
  #isNews(thread: Thread): boolean {
    const known = this.list.threads.find(({ id }) => id === thread.id);
    return known ? known.last_number < thread.last_number : seconds(thread.active_at) >= this.#loaded;
  }

  protected get label(): string {
    const waiting = this.list.asOf === this.#loaded ? [...this.#waiting.values()] : [];
    const n = waiting.length;
    if (n === 0) return "";
    if (waiting.every((isNew) => isNew)) return ngettext("{n} new thread", "{n} new threads", n);
    if (!waiting.includes(true)) {
      return ngettext("New posts in {n} thread", "New posts in {n} threads", n);
    }
    return _("News in {n} threads", { n });
  }

  protected async show(): Promise<void> {
    await this.list.load();
    const first = this.list.threads.find(({ id }) => this.#waiting.has(id)) ?? this.list.threads[0];
    this.#follow();
    if (first) await this.list.focusRow(first.id);
  }
}

function seconds(moment: string): number {
  return Date.parse(moment) / 1000;
}

define("peer-live-list", PeerLiveList);
