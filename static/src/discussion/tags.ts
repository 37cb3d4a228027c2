/** A thread's tags as they are typed: one line, a comma between two, and tags of the discussion that go on as was typed. */
import { html, nothing, type TemplateResult } from "lit";
import { tagsOf, type Draft } from "../shared/drafts.ts";
import { _, ngettext } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import type { App } from "./app.ts";
import { withTag } from "./tag-line.ts";

const MOST = 5;
/** A pause in typing. */
const PAUSE_MS = 250;

interface TagCount {
  readonly tag: string;
  readonly count: number;
}

interface TagField {
  readonly app: App;
  /** The error of this field, as an element; nothing when it has none. */
  readonly error: unknown;
  change(tags: string): void;
}

export function tagField(draft: Draft, { app, error, change }: TagField): TemplateResult {
  return html`<peer-tags .app=${app} .draft=${draft} .error=${error} @peer-tags=${(event: CustomEvent<string>) => change(event.detail)}></peer-tags>`;
}

/** The field, with up to eight buttons below it: the tags that this discussion uses most. */
export class PeerTags extends LightElement {
  static override properties = {
    app: { attribute: false }, draft: { attribute: false }, error: { attribute: false }, offered: { state: true },
  };
  app!: App;
  draft!: Draft;
  error: unknown = null;
  offered: readonly TagCount[] = [];
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#asking.abort();
  }

  get #typed(): string {
    return (this.draft.tags ?? "").split(",").at(-1)?.trim() ?? "";
  }

  protected override render(): TemplateResult {
    const chosen = tagsOf(this.draft);
    const help = chosen.length > MOST ? _("Five tags at most.") : _("Up to five, with commas between them. They help others find it.");
    return html`<div class="tag-field"><label class="field"><span class="label">${_("Tags")}</span><input class="input s" dir="auto" maxlength="200"
      placeholder=${_("sample size, correlation")} .value=${this.draft.tags ?? ""} @focus=${this.#ask} @input=${this.#onInput}></label>${
      this.#offers(chosen)}<p class="help">${help}</p>${this.error ?? nothing}</div>`;
  }

  #offers(chosen: readonly string[]): unknown {
    const left = this.offered.filter(({ tag }) => !chosen.includes(tag));
    if (left.length === 0 || chosen.length > MOST) return nothing;
    return html`<div class="chips" role="group" aria-label=${_("Used in this discussion")}>${left.map(({ tag, count }) => html`<button
      class="chip" type="button" dir="auto" title=${ngettext("{n} thread", "{n} threads", count)} @click=${() => void this.#take(tag)}>${
      tag} <span class="num">${count}</span></button>`)}</div>`;
  }

  #onInput = (event: Event): void => {
    this.#tell((event.target as HTMLInputElement).value);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#ask(), PAUSE_MS);
  };

  #tell(tags: string): void {
    this.dispatchEvent(new CustomEvent("peer-tags", { detail: tags }));
  }

  async #take(tag: string): Promise<void> {
    this.#tell(withTag(this.draft.tags ?? "", tag));
    await this.focusOn("input");
    await this.#ask("");
  }

  /** What does not come is not offered: the field takes any tag. */
  #ask = async (text: string | Event = this.#typed): Promise<void> => {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const typed = typeof text === "string" ? text : this.#typed;
      const { tags } = await this.app.api.call<{ tags: readonly TagCount[] }>("suggest_tags", { text: typed }, { signal });
      this.offered = tags;
    } catch {
      if (!signal.aborted) this.offered = [];
    }
  };
}

define("peer-tags", PeerTags);
