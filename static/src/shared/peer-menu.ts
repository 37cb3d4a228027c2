import { html, nothing, type TemplateResult } from "lit";
import { icon, type IconName } from "./icons.ts";
import { define, LightElement } from "./light-element.ts";
import { placeMenu } from "./place.ts";
import { nextIndex } from "./roving.ts";

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** Single-key shortcut that does the same. */
  readonly key?: string;
  readonly danger?: boolean;
  /** Set for one of several choices. */
  readonly checked?: boolean;
  act(): void;
}

/** A button that opens a menu (APG Menu Button). */
export class PeerMenu extends LightElement {
  static override properties = {
    items: { attribute: false },
    label: { attribute: false },
    face: { attribute: false },
    look: { attribute: false },
    speaks: { attribute: false },
    open: { state: true },
  };
  items: readonly MenuItem[] = [];
  /** Accessible name of button and menu; the button shows `face`. */
  label = "";
  face: unknown = nothing;
  /** The face's own text names the button. */
  speaks = false;
  look = "btn quiet s icon";
  open = false;
  #listening = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.open = false;
  }

  protected override render(): TemplateResult {
    return html`<button class=${this.look} type="button" aria-label=${this.speaks ? nothing : this.label} aria-haspopup="menu"
        aria-expanded=${this.open} @click=${this.#toggle} @keydown=${this.#onTriggerKey}>${this.face}</button>${
      this.open ? this.#menu() : nothing}`;
  }

  #menu(): TemplateResult {
    return html`<div class="menu" role="menu" popover="manual" aria-label=${this.label}
      @keydown=${this.#onMenuKey}>${this.items.map((item) => this.#item(item))}</div>`;
  }

  #item(item: MenuItem): TemplateResult {
    const choice = item.checked !== undefined;
    return html`${item.danger ? html`<hr role="separator">` : nothing}<button type="button" tabindex="-1"
      role=${choice ? "menuitemradio" : "menuitem"} aria-checked=${choice ? item.checked : nothing}
      class=${item.danger ? "danger" : ""} @click=${() => this.#choose(item)}>${this.#mark(item)} ${item.label}${
      item.key ? html` <span class="kbd" aria-hidden="true">${item.key.toUpperCase()}</span>` : nothing}</button>`;
  }

  #mark(item: MenuItem): unknown {
    if (item.checked !== undefined) return html`<span class="tickbox">${item.checked ? icon("check") : nothing}</span>`;
    return item.icon ? icon(item.icon, item.icon === "reply" ? "flip" : "") : nothing;
  }

  get #trigger(): HTMLElement | undefined {
    return this.find("[aria-haspopup]");
  }

  get #choices(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  }

  #toggle(): void {
    if (this.open) this.close();
    else void this.#show(0);
  }

  async #show(index: number): Promise<void> {
    this.open = true;
    await this.updateComplete;
    const menu = this.find("[role=menu]");
    const trigger = this.#trigger;
    if (!menu || !trigger) return;
    menu.showPopover();
    placeMenu(menu, trigger);
    this.#choices.at(index)?.focus({ preventScroll: true });
    this.#listening.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener("pointerdown", (event) => this.#closeFrom(event), { capture: true, signal });
    window.addEventListener("blur", () => this.close(false), { signal });
  }

  close(refocus = true): void {
    if (!this.open) return;
    this.open = false;
    this.#listening.abort();
    if (refocus) this.#trigger?.focus();
  }

  #closeFrom(event: Event): void {
    if (!event.composedPath().includes(this)) this.close(false);
  }

  #choose(item: MenuItem): void {
    this.close();
    item.act();
  }

  #onTriggerKey(event: KeyboardEvent): void {
    if (this.open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    void this.#show(event.key === "ArrowUp" ? -1 : 0);
  }

  #onMenuKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Tab") return this.close();
    if (event.key === "Escape") {
      event.preventDefault();
      return this.close();
    }
    const choices = this.#choices;
    const current = choices.indexOf(event.target as HTMLElement);
    const next = nextIndex(event.key, current, choices.length) ?? this.#typeahead(event, choices, current);
    if (next === null) return;
    event.preventDefault();
    choices[next]?.focus();
  }

  #typeahead(event: KeyboardEvent, choices: readonly HTMLElement[], current: number): number | null {
    if (event.key.length !== 1 || event.key === " ") return null;
    const order = choices.map((_choice, offset) => (current + 1 + offset) % choices.length);
    const letter = event.key.toLocaleLowerCase();
    return order.find((i) => choices[i]?.textContent?.trim().toLocaleLowerCase().startsWith(letter)) ?? null;
  }
}

define("peer-menu", PeerMenu);
