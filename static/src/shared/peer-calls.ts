import { html, nothing, type TemplateResult } from "lit";
import { calledBefore } from "./calling.ts";
import { _, ngettext } from "./i18n.ts";
import { define, LightElement } from "./light-element.ts";
import type { PeerComposer } from "./peer-composer.ts";

const PAUSE_MS = 150;
/** A click beside the list hits what it aimed at before what is below moves up. */
const CLOSE_MS = 200;

/** Keys after which the caret stands elsewhere: what was typed before it is no longer what a name would replace. */
const MOVES = new Set(["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"]);
/** In a list these choose; without one they move the caret, too. */
const LINES = new Set(["ArrowUp", "ArrowDown"]);

interface Named {
  readonly name: string;
}

/** The people whose names begin with what is typed after an @, to choose from. Without an answer there is no list. */
export class PeerCalls extends LightElement {
  static override properties = { composer: { attribute: false }, people: { state: true }, active: { state: true } };
  composer!: PeerComposer;
  people: readonly Named[] = [];
  active = 0;
  #typed = "";
  /** What nobody's name begins with: nor does anything longer. */
  #nobody = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #listening = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.composer.addEventListener("input", this.#onInput, { signal });
    this.composer.addEventListener("keydown", this.#onKey, { signal, capture: true });
    this.composer.addEventListener("focusout", this.#onFocusOut, { signal });
    this.composer.addEventListener("click", this.#onClick, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    clearTimeout(this.#timer);
  }

  get #area(): HTMLTextAreaElement | null {
    return this.composer.querySelector<HTMLTextAreaElement>(".composer-body");
  }

  protected override render(): TemplateResult {
    const { people } = this;
    return html`${people.length ? html`<ul role="listbox" class="calls" id=${this.#id("list")} aria-label=${_("People")}>${people.map(({ name }, at) =>
      html`<li role="option" id=${this.#id(at)} aria-selected=${at === this.active} dir="auto" @mousedown=${(event: Event) => {
        event.preventDefault();
        this.#choose(name);
      }}>${name}</li>`)}</ul>` : nothing}<span class="sr" role="status">${
      people.length ? ngettext("{n} person: arrows and Enter choose", "{n} people: arrows and Enter choose", people.length) : ""}</span>`;
  }

  protected override updated(): void {
    const area = this.#area;
    if (!area) return;
    const isOpen = this.people.length > 0;
    area.setAttribute("aria-autocomplete", "list");
    area.toggleAttribute("aria-controls", isOpen);
    area.toggleAttribute("aria-activedescendant", isOpen);
    if (!isOpen) return;
    area.setAttribute("aria-controls", this.#id("list"));
    area.setAttribute("aria-activedescendant", this.#id(this.active));
  }

  #id(part: string | number): string {
    return `calls-${this.composer.place}-${part}`;
  }

  /** The caret may stand elsewhere now. */
  #onClick = (event: MouseEvent): void => {
    if (event.target === this.#area) this.#stop();
  };

  #stop(): void {
    clearTimeout(this.#timer);
    this.#typed = "";
    this.people = [];
  }

  #onFocusOut = (event: FocusEvent): void => {
    if (event.target === this.#area) setTimeout(() => (this.people = []), CLOSE_MS);
  };

  #onInput = (event: Event): void => {
    const area = this.#area;
    clearTimeout(this.#timer);
    this.#typed = area && event.target === area ? calledBefore(area.value, area.selectionStart) : "";
    if (!this.#typed || (this.#nobody && this.#typed.startsWith(this.#nobody))) {
      this.people = [];
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(this.#typed), PAUSE_MS);
  };

  async #ask(text: string): Promise<void> {
    try {
      const { people } = await this.composer.host.api.call<{ people: readonly Named[] }>("suggest_people", { text });
      if (text !== this.#typed) return;
      this.#nobody = people.length ? "" : text;
      this.people = people;
      this.active = 0;
    } catch {
      this.people = [];
    }
  }

  #onKey = (event: KeyboardEvent): void => {
    const count = this.people.length;
    if (event.isComposing || event.target !== this.#area || event.ctrlKey || event.metaKey) return;
    if (MOVES.has(event.key) || (!count && LINES.has(event.key))) return this.#stop();
    if (!count || event.shiftKey) return;
    const chosen = this.people[this.active];
    if (event.key === "ArrowDown") this.active = (this.active + 1) % count;
    else if (event.key === "ArrowUp") this.active = (this.active - 1 + count) % count;
    else if (event.key === "Escape") this.people = [];
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) this.#choose(chosen.name);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #choose(name: string): void {
    const area = this.#area;
    this.people = [];
    if (!area) return;
    const caret = area.selectionStart;
    const typed = calledBefore(area.value, caret);
    if (!typed) return;
    area.setSelectionRange(caret - typed.length - 1, caret);
    void this.composer.insert(`@${name} `, "close");
  }
}

define("peer-calls", PeerCalls);
