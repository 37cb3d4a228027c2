import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { heading } from "../../shared/heading.ts";
import { _, ngettext } from "../../shared/i18n.ts";
import { icon } from "../../shared/icons.ts";
import { define, LightElement } from "../../shared/light-element.ts";
import { nameOf } from "../../shared/people.ts";
import { isPlainClick } from "../../shared/plain-click.ts";
import type { App } from "../app.ts";
import { similarThreads, type SimilarThread } from "./found.ts";

/** What a title needs before it says something, and the pause in typing. */
const LETTERS = 12;
const PAUSE_MS = 300;

/** Threads that ask much the same as a title does. It never blocks, and says nothing where it finds nothing. */
export class PeerSimilar extends LightElement {
  static override properties = { app: { attribute: false }, title: { attribute: false }, found: { state: true } };
  app!: App;
  override title = "";
  found: readonly SimilarThread[] = [];
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("title")) return;
    clearTimeout(this.#pause);
    this.#asking.abort();
    if (this.title.trim().length < LETTERS) this.found = [];
    else this.#pause = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#asking.abort();
  }

  async #ask(): Promise<void> {
    this.#asking = new AbortController();
    try {
      this.found = await similarThreads(this.app.api, this.title, this.#asking.signal);
    } catch {
      // A help that did not come is none: who writes goes on.
    }
  }

  protected override render(): TemplateResult {
    const n = this.found.length;
    const told = n ? ngettext("{n} thread looks close to yours", "{n} threads look close to yours", n) : "";
    const head = html`${_("Already asked?")} <span class="muted">${told}</span>`;
    return html`<p class="sr" role="status">${told}</p>${n === 0 ? nothing
      : html`<section class="similar" aria-label=${_("Similar threads")}>${heading(this.app.level + 1, head, { style: "similar-head" })}
      <ul role="list">${this.found.map((one) => this.#item(one))}</ul></section>`}`;
  }

  #item({ thread, answer, by }: SimilarThread): TemplateResult {
    const open = (event: MouseEvent): void => {
      if (!isPlainClick(event)) return;
      event.preventDefault();
      this.app.open(thread.id);
    };
    const n = thread.response_count;
    const responses = n === 0 && thread.kind === "question" ? _("No answer yet") : ngettext("{n} response", "{n} responses", n);
    return html`<li>${by ? icon("check-circle", "ok") : icon(thread.kind === "question" ? "question" : "chat")}
      <span><a href=${thread.url} dir="auto" @click=${open}>${thread.title}</a> ${
        by && answer ? html`<span class="muted">${_("{name}: {text}", { name: nameOf(by), text: answer })}</span>` : nothing}</span>
      ${by ? html`<span class="badge success">${_("Accepted answer")}</span>` : html`<span class="muted nowrap">${responses}</span>`}</li>`;
  }
}

define("peer-similar", PeerSimilar);
