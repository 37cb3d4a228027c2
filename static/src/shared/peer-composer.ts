import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { explain, Refused } from "./errors.ts";
import { EMPTY_DRAFT, isUntouched, UNSYNCED, type Draft, type Synced } from "./drafts.ts";
import { _, ngettext } from "./i18n.ts";
import { icon } from "./icons.ts";
import { define, LightElement } from "./light-element.ts";
import { applyFormat, type Format } from "./markdown-edit.ts";
import { fieldError } from "./notices.ts";
import { lazy } from "./peer-lazy.ts";
import type { PeerPictures } from "./peer-pictures.ts";
import { prose } from "./peer-prose.ts";
import { retype } from "./retype.ts";
import type { RootHost } from "./root-element.ts";
import { Sender, type Sending } from "./sender.ts";
import "./peer-toolbar.ts";

/** After the first change that is not kept, however fast one goes on typing: a crash takes no more than that. */
const KEEP_AFTER_MS = 250;
const TITLE_MAX = 200;
const TITLE_WARN = 40;

export interface Words {
  /** Name of the form. */
  readonly label: string;
  /** The button: a verb with its object. */
  readonly send: string;
  readonly title?: string;
  readonly body: string;
  readonly hint: string;
}

export interface Problem {
  /** "" for the whole: then it stands beside the button. */
  readonly field: string;
  readonly message: string;
}

/** The error of one field, as an element to put beside it; nothing when it has none. */
export type ErrorOf = (field: string) => unknown;

/** Where people write: title (where asked for), Markdown with toolbar and preview, draft, one button. */
export class PeerComposer<T = unknown> extends LightElement {
  static override properties = {
    host: { attribute: false }, place: { attribute: false }, words: { attribute: false },
    above: { attribute: false }, under: { attribute: false }, below: { attribute: false }, identity: { attribute: false }, initial: { attribute: false },
    cancellable: { attribute: false }, draft: { state: true }, problem: { state: true },
    busy: { state: true }, saved: { state: true }, previewed: { state: true },
  };
  host!: RootHost;
  /** Names the draft and the fields' ids. */
  place = "";
  words!: (draft: Draft) => Words;
  sending!: Sending<T>;
  /** Shown above the fields, under the title, and at the start of the foot. */
  above: (draft: Draft) => unknown = () => nothing;
  under: (draft: Draft) => unknown = () => nothing;
  identity: (draft: Draft) => unknown = () => nothing;
  /** Further fields between the text and the foot, each with its errors beside it. */
  below: (draft: Draft, errorOf: ErrorOf) => unknown = () => nothing;
  /** The names of those fields in the server's refusals. */
  fields: readonly string[] = [];
  /** What is missing before it can be sent; null when nothing is. */
  check: (draft: Draft) => Problem | null = missingWords;
  initial: Draft = EMPTY_DRAFT;
  cancellable = false;

  draft: Draft = EMPTY_DRAFT;
  problem: Problem | null = null;
  busy = false;
  saved: "" | "kept" | "not-kept" | "synced" = "";
  /** How the draft stands to the one on the server. */
  synced: Synced = UNSYNCED;
  previewed: string | null = null;
  #sender!: Sender<T>;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("place")) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keepNow();
  }

  #begin(): void {
    const record = this.host.drafts.read(this.place);
    this.draft = record?.draft ?? this.initial;
    this.synced = record?.synced ?? UNSYNCED;
    this.saved = record ? "kept" : "";
    this.#sender = new Sender<T>(this.sending, record?.attempt ?? null, () => crypto.randomUUID());
  }

  #aidsOfWriting(): TemplateResult {
    const composer = this as PeerComposer;
    return html`${this.host.callsPeople ? html`<peer-calls .composer=${composer}></peer-calls>` : nothing}<peer-pictures .composer=${composer}></peer-pictures>`;
  }

  protected override render(): TemplateResult {
    const words = this.words(this.draft);
    return html`<form class="composer ${this.problem ? "failed" : ""}" aria-label=${words.label} novalidate
        @submit=${this.#onSubmit} @keydown=${this.#onKey}>
      ${this.#aids()}${this.above(this.draft)}
      ${words.title === undefined ? nothing : this.#titleField(words.title)}${this.under(this.draft)}
      <peer-toolbar .previewing=${this.previewed !== null} .controls=${this.#id("body")} .pictures=${true}
        @peer-picture=${() => this.#pictures?.choose()} @peer-format=${this.#onFormat} @peer-preview=${this.#onPreview}></peer-toolbar>
      ${this.previewed === null ? this.#bodyField(words) : this.#preview(this.previewed)}
      ${this.#errorOf("body")}${lazy(this.host.scriptUrl("writing"), () => this.#aidsOfWriting(), "quiet")}${this.#errorOf("picture")}
      ${this.below(this.draft, (field) => this.#errorOf(field))}
      <div class="composer-foot">${this.#foot(words)}</div>
    </form>`;
  }

  #aids(): TemplateResult {
    return lazy(this.host.scriptUrl("writing"), () => html`<peer-draft-sync .composer=${this as PeerComposer} .place=${this.place}></peer-draft-sync>`, "quiet");
  }

  #titleField(label: string): TemplateResult {
    const left = TITLE_MAX - this.draft.title.length;
    return html`<textarea class="composer-title" rows="1" dir="auto" id=${this.#id("title")} aria-label=${label}
        placeholder=${label} maxlength=${TITLE_MAX} aria-required="true" ?readonly=${this.busy}
        aria-invalid=${this.problem?.field === "title" || nothing} aria-describedby=${this.#describedBy("title")}
        .value=${this.draft.title} @input=${this.#onTitle} @keydown=${onTitleKey}></textarea>${
      left <= TITLE_WARN
        ? html`<p class="help inset" role="status">${ngettext("{n} character left", "{n} characters left", left)}</p>`
        : nothing}${this.#errorOf("title")}`;
  }

  #bodyField(words: Words): TemplateResult {
    return html`<textarea class="composer-body" dir="auto" id=${this.#id("body")} aria-label=${words.body}
      placeholder=${words.hint} aria-required="true" ?readonly=${this.busy}
      aria-invalid=${this.problem?.field === "body" || nothing} aria-describedby=${this.#describedBy("body")}
      .value=${this.draft.body} @input=${this.#onBody}></textarea>`;
  }

  #preview(content: string): TemplateResult {
    return html`<section class="composer-preview" aria-label=${_("Preview")} id=${this.#id("body")} tabindex="-1">${
      content ? prose(content, this.host.katexUrl, "") : html`<p class="muted">${_("Nothing to preview yet.")}</p>`
    }</section>`;
  }

  #foot(words: Words): TemplateResult {
    return html`${this.identity(this.draft)}
      ${this.#errorOf("")}<span class="saved" role="status">${this.#savedText()}</span>
      <span class="actions push">${
        this.cancellable
          ? html`<button class="btn quiet" type="button" @click=${this.cancel}>${_("Cancel")}</button>`
          : nothing}<button class="btn primary" type="submit" aria-busy=${this.busy || nothing}>${
        this.busy ? html`<span class="spinner"></span>` : nothing} ${
        this.problem && !this.problem.field ? _("Try again") : words.send}</button></span>`;
  }

  #savedText(): unknown {
    if (this.saved === "kept") return html`${icon("check")} ${_("Draft kept on this device")}`;
    if (this.saved === "synced") return html`${icon("check")} ${_("Draft kept for all your devices")}`;
    return this.saved === "not-kept" ? _("This browser keeps no drafts") : nothing;
  }

  #errorOf(field: string): unknown {
    return this.problem?.field === field ? fieldError(this.#id(`error-${field}`), this.problem.message) : nothing;
  }

  #describedBy(field: string): unknown {
    return this.problem?.field === field ? this.#id(`error-${field}`) : nothing;
  }

  #id(part: string): string {
    return `composer-${this.place}-${part}`;
  }

  /** Change the draft from outside: kind, anonymity, a quotation. */
  change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part };
    this.synced = { ...this.synced, isClean: false };
    this.#keepTimer ??= setTimeout(() => this.#keepNow(), KEEP_AFTER_MS);
  }

  get isUntouched(): boolean {
    return isUntouched(this.draft, this.initial);
  }

  /** Nothing is on its way, and nothing may have arrived. */
  get isFree(): boolean {
    return !this.busy && !this.#sender.attempt;
  }

  /** Go on with what another device wrote (null: nothing), the server's `revision`. */
  take(draft: Draft | null, revision: number): void {
    this.draft = draft ?? this.initial;
    this.previewed = null;
    this.synced = { base: revision, isClean: true };
    this.#keepNow();
    this.noteSynced(true);
  }

  /** The server has `revision`: with `isClean`, of the text as it is here. */
  settle(revision: number, isClean: boolean): void {
    this.synced = { base: revision, isClean };
    if (!this.isUntouched) this.#keepHere();
    if (isClean) this.noteSynced(true);
  }

  noteSynced(isSynced: boolean): void {
    if (this.isUntouched) this.saved = "";
    else if (isSynced) this.saved = "synced";
    else if (this.saved === "synced") this.saved = "kept";
  }

  /** Put `text` at the end of what is written and the caret after it. */
  async addText(text: string): Promise<void> {
    const body = this.draft.body.trimEnd();
    this.previewed = null;
    this.change({ body: (body ? body + "\n\n" : "") + text });
    await this.focusBody();
    const area = this.#body;
    area?.setSelectionRange(area.value.length, area.value.length);
  }

  /** Put `text` where the caret was last; `apart`: with a space before it where a word ends there. */
  async insert(text: string, fit: "apart" | "close" = "apart"): Promise<void> {
    this.previewed = null;
    await this.updateComplete;
    const area = this.#body;
    if (!area) return;
    const { value, selectionStart: at, selectionEnd } = area;
    const before = fit === "apart" && /\S$/.test(value.slice(0, at)) ? " " : "";
    retype(area, value.slice(0, at) + before + text + value.slice(selectionEnd));
    area.setSelectionRange(at + before.length + text.length, at + before.length + text.length);
  }

  async focusBody(): Promise<void> {
    await this.focusOn(".composer-body");
  }

  cancel(): void {
    this.#keepNow();
    this.dispatchEvent(new CustomEvent("peer-cancel"));
  }

  get #pictures(): PeerPictures | undefined {
    return this.find<PeerPictures>("peer-pictures");
  }

  get #body(): HTMLTextAreaElement | undefined {
    return this.find<HTMLTextAreaElement>(".composer-body");
  }

  #keepNow(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    if (this.busy) return;
    if (!this.#sender.attempt && this.isUntouched) {
      this.#forget();
      this.saved = "";
      return;
    }
    this.#keepHere();
    void this.#confirm();
    this.dispatchEvent(new CustomEvent("peer-kept"));
  }

  #keepHere(): void {
    const { draft, synced } = this;
    this.host.drafts.keep(this.place, { draft, attempt: this.#sender.attempt, synced }, Date.now());
  }

  /** Gone from this device; the server is told, at the latest when the place is opened again. */
  #forget(): void {
    const { drafts } = this.host;
    drafts.forget(this.place);
    const { base, isClean } = this.synced;
    if (!base || isClean) return;
    drafts.keep(`gone-${this.place}`, { base }, Date.now());
    this.synced = { base, isClean: true };
    this.dispatchEvent(new CustomEvent("peer-kept"));
  }

  /** Said once it is so. */
  async #confirm(): Promise<void> {
    const isKept = await this.host.drafts.settled();
    if (this.isUntouched || (isKept && this.saved === "synced")) return;
    this.saved = isKept ? "kept" : "not-kept";
  }

  #onTitle(event: Event): void {
    this.change({ title: (event.target as HTMLTextAreaElement).value.replace(/\n/g, " ") });
  }

  #onBody(event: Event): void {
    this.change({ body: (event.target as HTMLTextAreaElement).value });
  }

  #onFormat(event: CustomEvent<Format>): void {
    this.#format(event.detail);
  }

  #format(format: Format): void {
    const area = this.#body;
    if (!area) return;
    const { text, start, end } = applyFormat(
      { text: area.value, start: area.selectionStart, end: area.selectionEnd }, format);
    retype(area, text);
    area.setSelectionRange(start, end);
  }

  async #onPreview(): Promise<void> {
    if (this.previewed !== null) {
      this.previewed = null;
      return;
    }
    const { body } = this.draft;
    try {
      const shown = body.trim() ? await this.host.preview(body) : "";
      if (body !== this.draft.body) return await this.#onPreview();
      this.previewed = shown;
      this.problem = null;
    } catch (error) {
      await this.#fail(error);
    }
  }

  #onKey(event: KeyboardEvent): void {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter") {
      event.preventDefault();
      this.find<HTMLFormElement>("form")?.requestSubmit();
    } else if (isCommand && (event.key === "b" || event.key === "i") && event.target === this.#body) {
      event.preventDefault();
      this.#format(event.key === "b" ? "bold" : "italic");
    } else if (event.key === "Escape" && this.cancellable) {
      event.stopPropagation();
      this.cancel();
    }
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const missing = this.#titleMissing() ?? this.check(this.draft) ?? this.#pictureMissing();
    if (missing) return this.#show(missing);
    await this.#send();
  }

  #titleMissing(): Problem | null {
    if (this.words(this.draft).title === undefined || this.draft.title.trim()) return null;
    return { field: "title", message: _("Write one sentence here, so that others can find it.") };
  }

  #pictureMissing(): Problem | null {
    return this.#pictures?.waiting ? { field: "picture", message: _("A picture is not in the text yet: insert it, or remove it.") } : null;
  }

  async #send(): Promise<void> {
    this.problem = null;
    this.#keepNow();
    this.busy = true;
    try {
      const sent = await this.#sender.send(this.draft);
      this.synced = { ...this.synced, isClean: false };
      this.#forget();
      this.#clear();
      this.dispatchEvent(new CustomEvent<T>("peer-sent", { detail: sent }));
    } catch (error) {
      await this.#fail(error);
    }
  }

  #clear(): void {
    this.busy = false;
    this.draft = { ...this.initial, anonymous: this.draft.anonymous };
    this.previewed = null;
    this.saved = "";
  }

  async #fail(error: unknown): Promise<void> {
    this.busy = false;
    this.#keepNow();
    const named = ["title", "body", ...this.fields];
    const field = error instanceof Refused && named.includes(error.field) ? error.field : "";
    const kept = field ? "" : ` ${_("Your text is still here.")}`;
    if (this.dispatchEvent(new CustomEvent("peer-refused", { detail: error, cancelable: true }))) {
      await this.#show({ field, message: explain(error) + kept });
    }
  }

  async #show(problem: Problem): Promise<void> {
    this.problem = problem;
    if (problem.field === "body") this.previewed = null;
    await this.focusOn(`#${CSS.escape(this.#id(`error-${problem.field}`))}`);
  }
}

function missingWords(draft: Draft): Problem | null {
  return draft.body.trim() ? null : { field: "body", message: _("Write something here first.") };
}

/** The title is one sentence: Enter goes on to the text. */
function onTitleKey(event: KeyboardEvent): void {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const form = (event.target as HTMLElement).closest("form");
  form?.querySelector<HTMLElement>(".composer-body")?.focus();
}

define("peer-composer", PeerComposer);
