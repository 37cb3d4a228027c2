import { html, nothing, type TemplateResult } from "lit";
import { explain } from "../../shared/errors.ts";
import { _ } from "../../shared/i18n.ts";
import { icon } from "../../shared/icons.ts";
import { define, LightElement } from "../../shared/light-element.ts";
import { fieldError } from "../../shared/notices.ts";
import type { PeerDialog } from "../../shared/peer-dialog.ts";
import type { PeerThreadList } from "../peer-thread-list.ts";
import type { ThreadView } from "../thread-view.ts";
import type { Post, Thread } from "../types.ts";
import {
  convertThread, findThreads, listDestinations, mergeThread, moderateThreads, placeName, retagThread, splitResponse, type Destination, type Kind, type Location,
} from "./operations.ts";
import { resultOf } from "./result.ts";

const TITLE_MAX = 200;
/** Typing rests so long before threads are looked for. */
const PAUSE_MS = 300;

/** What a thread is and where it stands, for the team; of a response: a thread of its own. The dialog is the editor's. */
export class PeerOrganise extends LightElement {
  static override properties = {
    view: { attribute: false }, post: { attribute: false }, places: { state: true }, found: { state: true },
    into: { state: true }, isBusy: { state: true }, refusal: { state: true },
  };
  view!: ThreadView;
  post!: Post;
  places: readonly Destination[] = [];
  found: readonly Thread[] | null = null;
  into = "";
  isBusy = false;
  refusal = "";
  #pause: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.post.depth === 0) void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
  }

  async #load(): Promise<void> {
    try {
      this.places = await listDestinations(this.view.app.api);
    } catch {
      // Then it can only stay where it is.
    }
  }

  protected override render(): TemplateResult {
    const isThread = this.post.depth === 0;
    const name = isThread ? _("Organise this thread") : _("Make it a thread of its own");
    return html`<peer-dialog .name=${name} .level=${this.view.app.level + 1} .content=${isThread ? this.#thread() : this.#response()}
      @peer-close=${() => this.dispatchEvent(new CustomEvent("peer-close"))}></peer-dialog>`;
  }

  #thread(): TemplateResult {
    const { thread } = this.view;
    return html`<form class="stack" @submit=${this.#onSave}>${this.#kinds(thread.kind)}
      <div class="field"><label class="label" for="organise-tags">${_("Tags")}</label><input class="input" id="organise-tags" dir="auto"
        maxlength="200" .value=${thread.tags.join(", ")}><p class="help">${_("Up to five, with commas between them. They help others find it.")}</p></div>
      ${this.#placeField()}${this.#error()}
      <div class="actions"><button class="btn primary" type="submit" aria-busy=${this.isBusy || nothing}>${_("Save the changes")}</button></div></form>
      ${this.#merging()}`;
  }

  #kinds(chosen: Kind): TemplateResult {
    const offered: [Kind, string][] = [["question", _("Question: one answer can be accepted")], ["discussion", _("Discussion")]];
    const mayAnnounce = this.post.depth === 0 && (this.view.app.space?.kinds.includes("announcement") ?? false);
    if (mayAnnounce && (chosen === "announcement" || this.post.author.role === "staff")) offered.push(["announcement", _("Announcement of the course team")]);
    return html`<fieldset class="field"><legend class="label">${_("What it is")}</legend><div class="options">${offered.map(([value, label]) =>
      html`<label class="option"><input type="radio" name="kind" value=${value} ?checked=${value === chosen}> <span>${label}</span></label>`)}</div></fieldset>`;
  }

  #placeField(): unknown {
    if (this.places.length === 0) return nothing;
    return html`<div class="field"><label class="label" for="organise-place">${_("Where it stands")}</label>
      <span class="select"><select class="input" id="organise-place"><option value="">${_("Here, in this discussion")}</option>${this.places.map(
        (place) => html`<option value=${place.space}>${placeName(place)}</option>`)}</select>${icon("down")}</span>
      <p class="help">${_("Old links lead to its new place. Who may read it stays the same.")}</p></div>`;
  }

  #error(): unknown {
    return this.refusal ? fieldError("organise-error", this.refusal) : nothing;
  }

  #onSave = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const kind = form.get("kind") as Kind;
    const tags = (this.find<HTMLInputElement>("#organise-tags")?.value ?? "").split(",").map((tag) => tag.trim()).filter(Boolean);
    const to = this.find<HTMLSelectElement>("#organise-place")?.value ?? "";
    void this.#run(() => this.#save(kind, tags, to));
  };

  async #save(kind: Kind, tags: readonly string[], to: string): Promise<void> {
    const { view } = this;
    const { thread, app } = view;
    if (kind !== thread.kind) view.data.take(await convertThread(app.api, thread.id, kind));
    if (tags.join() !== thread.tags.join()) view.data.take(await retagThread(app.api, thread.id, tags));
    if (to) {
      await this.#move(thread, to);
      return;
    }
    this.#close();
    view.notify(this.post.id, { message: _("The changes are saved.") });
  }

  async #move(thread: Thread, to: string): Promise<void> {
    const { app } = this.view;
    const act = { action: "move", on: true, to } as const;
    const done = await moderateThreads(app.api, [thread.id], act);
    const there = this.places.find(({ space }) => space === to);
    const place = there ? placeName(there) : "";
    const list = this.#list;
    this.#close();
    if (list) list.result = resultOf(act, done, { here: app.space?.id ?? "", place });
    app.back();
    await list?.renew();
  }

  get #list(): PeerThreadList | null {
    return (this.getRootNode() as ShadowRoot).querySelector<PeerThreadList>("peer-thread-list");
  }

  #merging(): TemplateResult {
    return html`<details class="merging"><summary>${_("Merge it into another thread")}</summary><form class="stack" @submit=${this.#onMerge}>
      <p class="muted small">${_("Its posts go to the end of the other thread, with its title above the first. This cannot be undone.")}</p>
      <div class="field"><label class="label" for="organise-into">${_("Words of the other thread")}</label>
        <input class="input" id="organise-into" type="search" dir="auto" maxlength="200" @input=${this.#onWords}></div>
      <p class="sr" role="status">${this.found === null ? "" : this.#others.length === 0 ? _("No other thread has these words.") : ""}</p>
      ${this.#choices()}<div class="actions"><button class="btn" type="submit" aria-disabled=${this.into === "" || nothing}
        aria-busy=${this.isBusy || nothing}>${_("Merge the threads")}</button></div></form></details>`;
  }

  get #others(): readonly Thread[] {
    return (this.found ?? []).filter(({ id }) => id !== this.view.thread.id);
  }

  #choices(): unknown {
    if (this.found === null) return nothing;
    if (this.#others.length === 0) return html`<p class="muted small" aria-hidden="true">${_("No other thread has these words.")}</p>`;
    return html`<fieldset class="field"><legend class="label">${_("Into which one")}</legend><div class="options">${this.#others.map(({ id, title }) =>
      html`<label class="option"><input type="radio" name="into" value=${id} .checked=${this.into === id} @change=${() => (this.into = id)}>
        <span dir="auto">${title}</span></label>`)}</div></fieldset>`;
  }

  #onWords = (event: Event): void => {
    const query = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.#pause);
    this.into = "";
    if (query) this.#pause = setTimeout(() => void this.#look(query), PAUSE_MS);
    else this.found = null;
  };

  async #look(query: string): Promise<void> {
    try {
      this.found = await findThreads(this.view.app.api, query);
    } catch (error) {
      this.refusal = explain(error);
    }
  }

  #onMerge = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.into) void this.#run(() => this.#goTo(mergeThread(this.view.app.api, this.view.thread.id, this.into)));
  };

  #response(): TemplateResult {
    return html`<form class="stack" @submit=${this.#onSplit}>
      <p class="muted">${_("Its comments become the responses. Old links lead to the new thread.")}</p>
      <div class="field"><label class="label" for="organise-title">${_("Title of the new thread")}</label>
        <input class="input" id="organise-title" dir="auto" maxlength=${TITLE_MAX} aria-invalid=${this.refusal ? "true" : nothing}
          aria-describedby=${this.refusal ? "organise-error" : nothing}></div>
      ${this.#error()}${this.#kinds("question")}
      <div class="actions"><button class="btn primary" type="submit" aria-busy=${this.isBusy || nothing}>${_("Make the thread")}</button></div></form>`;
  }

  #onSplit = (event: SubmitEvent): void => {
    event.preventDefault();
    const kind = new FormData(event.target as HTMLFormElement).get("kind") as Kind;
    const title = this.find<HTMLInputElement>("#organise-title")?.value ?? "";
    void this.#run(() => this.#goTo(splitResponse(this.view.app.api, this.post.id, kind, title)));
  };

  /** Open the thread where the post stands now; the list shows both as they are. */
  async #goTo(answer: Promise<Location>): Promise<void> {
    const { thread, post } = await answer;
    const { app } = this.view;
    const list = this.#list;
    this.#close();
    app.open(thread, thread === post ? null : post);
    await list?.renew();
  }

  async #run(act: () => Promise<void>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.refusal = "";
    try {
      await act();
    } catch (error) {
      this.refusal = explain(error);
      await this.updateComplete;
      await this.find<PeerDialog>("peer-dialog")?.updateComplete;
      await this.focusOn("#organise-error");
    } finally {
      this.isBusy = false;
    }
  }

  #close(): void {
    this.find<PeerDialog>("peer-dialog")?.close();
  }
}

define("peer-organise", PeerOrganise);
