import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../../shared/heading.ts";
import { _ } from "../../shared/i18n.ts";
import { icon } from "../../shared/icons.ts";
import { define, LightElement } from "../../shared/light-element.ts";
import { banner, retryButton } from "../../shared/notices.ts";
import { avatar } from "../../shared/people.ts";
import { timeAgo } from "../../shared/peer-time.ts";
import { isPlainClick } from "../../shared/plain-click.ts";
import { placeMenu } from "../../shared/place.ts";
import { selectBox } from "../../shared/select-box.ts";
import type { App } from "../app.ts";
import { bellFace, labelOf } from "../bell.ts";
import { NoticeOperations } from "./operations.ts";
import type { Digest, Notice, NoticeSettings } from "./types.ts";
import { sentenceOf } from "./words.ts";

/** How often a page that is seen asks how many wait. */
const COUNT_EVERY_MS = 60_000;

/** A bell with what waits for the reader; behind it the tray, and how they want to hear of things here. */
export class PeerNotices extends LightElement {
  static override properties = {
    app: { attribute: false }, unread: { attribute: false }, open: { state: true }, notices: { state: true },
    settings: { state: true }, failed: { state: true }, unsaved: { state: true }, busy: { state: true },
  };
  app!: App;
  /** How many wait. */
  unread = 0;
  open = false;
  /** Null until they are there. */
  notices: readonly Notice[] | null = null;
  settings: NoticeSettings | null = null;
  /** They did not load. */
  failed = false;
  /** What was chosen last did not arrive. */
  unsaved = false;
  busy = false;
  #operations!: NoticeOperations;
  #next: string | null = null;
  #listening = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;
  #isSeen = true;
  readonly #seen = new ResizeObserver(() => this.#onSize());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#operations = new NoticeOperations(this.app.api);
    this.#timer = setInterval(() => void this.#count(), COUNT_EVERY_MS);
    this.#seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    this.#seen.disconnect();
    this.#listening.abort();
    this.open = false;
  }

  /** Back from a thread: what was read there waits no more. */
  #onSize(): void {
    const wasSeen = this.#isSeen;
    this.#isSeen = this.offsetWidth > 0;
    if (this.#isSeen && !wasSeen) void this.#count();
  }

  /** Nothing is asked of a page that nobody sees, and what does not come now is asked again in a minute. */
  async #count(): Promise<void> {
    if (document.visibilityState !== "visible" || this.open) return;
    try {
      const unread = await this.#operations.count();
      if (!this.open) this.unread = unread;
    } catch {
      return;
    }
  }

  protected override render(): TemplateResult {
    return html`<button class="btn" type="button" aria-expanded=${this.open} aria-label=${labelOf(this.unread)}
        @click=${this.#toggle}>${bellFace(this.unread)}</button>${
      this.open ? this.#tray() : nothing}`;
  }

  #tray(): TemplateResult {
    return html`<div class="menu tray" popover="manual" role="dialog" aria-labelledby="tray-title" @keydown=${this.#onKey}
      @focusout=${this.#onFocusOut}>
      <div class="tray-head">${heading(this.app.level + 1, _("Notifications"), { style: "h-small", id: "tray-title", focusable: true })}${
        this.unread ? html`<button class="btn quiet s" type="button" @click=${() => void this.#markAll()}>${
          icon("check")} ${_("Mark all as read")}</button>` : nothing}</div>
      ${this.failed ? this.#failure() : this.#list()}
      <p class=${this.unsaved ? "error-text tray-note" : ""} role="status">${this.unsaved
        ? html`${icon("warn")} <span>${_("This was not saved. Try again.")}</span>` : nothing}</p>
      ${this.settings ? this.#choices(this.settings) : nothing}</div>`;
  }

  #failure(): TemplateResult {
    return banner({ tone: "danger", what: _("Your notifications did not load."), action: retryButton(() => void this.#load()) });
  }

  #list(): TemplateResult {
    if (!this.notices) return html`<p class="muted small tray-note" role="status">${_("Loading…")}</p>`;
    if (this.notices.length === 0) {
      return html`<p class="muted small tray-note">${_("Nothing yet. Answers to what you write, mentions, and what you follow come here.")}</p>`;
    }
    return html`<ul class="tray-list" tabindex="0" aria-labelledby="tray-title">${this.notices.map((notice) => this.#item(notice))}${
      this.#next ? html`<li><button class="btn quiet s" type="button" aria-busy=${this.busy || nothing}
        @click=${() => void this.#more()}>${_("Show earlier ones")}</button></li>` : nothing}</ul>`;
  }

  #item(notice: Notice): TemplateResult {
    return html`<li class="tray-item ${notice.is_read ? "" : "is-unread"}">${avatar(notice.author, "s")}<div>
      <a href=${notice.url} @click=${(event: MouseEvent) => this.#follow(event, notice)}>${
        notice.is_read ? nothing : html`<span class="sr">${_("Unread")}</span> `}${sentenceOf(notice)}</a>
      <p class="small tray-title" dir="auto">${notice.title || _("Removed thread")}</p>
      <p class="muted small clip" dir="auto">${notice.excerpt}</p>
      <p class="muted xs">${timeAgo(notice.created_at)}</p></div></li>`;
  }

  #choices(settings: NoticeSettings): TemplateResult {
    const choices: [Digest, string][] = [["daily", _("Each day")], ["weekly", _("Each week")], ["off", _("Never")]];
    const choose = (digest: Digest): void => void this.#set(() => this.#operations.chooseDigest(digest));
    return html`<div class="tray-foot"><button class="btn s" type="button" aria-pressed=${settings.follows}
        @click=${() => void this.#set(() => this.#operations.followSpace(!settings.follows))}>${icon("bell")} ${
        _("New threads, too")}</button>
      <label class="small">${_("By e-mail")} ${selectBox({ label: _("How often by e-mail"), value: settings.digest, choices, choose })}</label></div>`;
  }

  #toggle(): void {
    if (this.open) this.close();
    else void this.#show();
  }

  async #show(): Promise<void> {
    this.open = true;
    await this.updateComplete;
    const tray = this.find(".tray");
    tray?.showPopover();
    this.#listening.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener("pointerdown", (event) => this.#closeFrom(event), { capture: true, signal });
    this.#place();
    this.find("#tray-title")?.focus({ preventScroll: true });
    await this.#load();
  }

  close(refocus = true): void {
    if (!this.open) return;
    this.open = false;
    this.#listening.abort();
    if (refocus) this.find("[aria-expanded]")?.focus();
  }

  #closeFrom(event: Event): void {
    if (!event.composedPath().includes(this)) this.close(false);
  }

  /** Whoever tabs on leaves it: it stands over what they go on to. */
  #onFocusOut(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && !this.contains(event.relatedTarget)) this.close(false);
  }

  #onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.close();
  }

  #place(): void {
    const [tray, trigger] = [this.find(".tray"), this.find("[aria-expanded]")];
    if (tray && trigger) placeMenu(tray, trigger);
  }

  async #load(): Promise<void> {
    this.failed = this.unsaved = false;
    try {
      const [page, settings] = await Promise.all([this.#operations.list(null), this.#operations.settings()]);
      this.notices = page.notices;
      this.#next = page.next;
      this.unread = page.unread;
      this.settings = settings;
    } catch {
      this.failed = true;
    }
    await this.updateComplete;
    this.#place();
  }

  async #more(): Promise<void> {
    if (this.busy || !this.#next) return;
    this.busy = true;
    try {
      const page = await this.#operations.list(this.#next);
      const first = page.notices[0];
      this.notices = [...(this.notices ?? []), ...page.notices];
      this.#next = page.next;
      await this.updateComplete;
      if (first) this.find(`a[href="${CSS.escape(first.url)}"]`)?.focus();
    } catch {
      this.unsaved = true;
    } finally {
      this.busy = false;
    }
  }

  async #markAll(): Promise<void> {
    await this.#mark(null);
    await this.focusOn("#tray-title");
  }

  async #mark(notice: Notice | null): Promise<void> {
    this.unsaved = false;
    try {
      this.unread = await this.#operations.markRead(notice?.id ?? null);
      this.notices = (this.notices ?? []).map((one) => (!notice || one.id === notice.id ? { ...one, is_read: true } : one));
    } catch {
      this.unsaved = true;
    }
  }

  async #set(act: () => Promise<NoticeSettings>): Promise<void> {
    this.unsaved = false;
    try {
      this.settings = await act();
    } catch {
      this.unsaved = true;
    }
  }

  #follow(event: MouseEvent, notice: Notice): void {
    if (!notice.is_read) void this.#mark(notice);
    if (!isPlainClick(event)) return;
    event.preventDefault();
    this.close(false);
    this.app.open(notice.thread, notice.post);
  }
}

define("peer-notices", PeerNotices);
