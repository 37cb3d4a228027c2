import { html, nothing, type TemplateResult } from "lit";
import { _ } from "./i18n.ts";
import { icon } from "./icons.ts";
import { define, LightElement } from "./light-element.ts";
import type { Format } from "./markdown-edit.ts";
import { nextIndex } from "./roving.ts";

/** Formatting buttons: one tab stop, arrows move inside (APG Toolbar). */
export class PeerToolbar extends LightElement {
  static override properties = {
    previewing: { attribute: false },
    controls: { attribute: false },
    pictures: { attribute: false },
    current: { state: true },
  };
  previewing = false;
  /** Id of the text that the toolbar works on. */
  controls = "";
  /** Whether there is a place for pictures. */
  pictures = false;
  current = 0;

  protected override render(): TemplateResult {
    const buttons = this.#formats();
    return html`<div class="composer-tools" role="toolbar" aria-label=${_("Formatting")} aria-controls=${this.controls}
      @keydown=${this.#onKey}>${buttons.map(([format, label, face], index) => html`<button class="btn quiet s"
        type="button" aria-label=${label} title=${label} tabindex=${this.#tab(index)}
        aria-disabled=${this.previewing || nothing}
        @click=${() => this.#apply(format)}>${face}</button>`)}${this.pictures ? this.#picture(buttons.length) : nothing}<button
        class="btn quiet s push" type="button" tabindex=${this.#tab(buttons.length + (this.pictures ? 1 : 0))} aria-label=${_("Preview")} aria-pressed=${this.previewing}
        @click=${this.#preview}>${icon("eye")} <span class="wide-only">${_("Preview")}</span></button></div>`;
  }

  #picture(index: number): TemplateResult {
    const choose = (): void => {
      if (!this.previewing) this.dispatchEvent(new CustomEvent("peer-picture"));
    };
    return html`<button class="btn quiet s" type="button" aria-label=${_("Picture")} title=${_("Picture")} tabindex=${this.#tab(index)}
      aria-disabled=${this.previewing || nothing} @click=${choose}>${icon("image")}</button>`;
  }

  #formats(): readonly (readonly [Format, string, unknown])[] {
    return [
      ["bold", _("Bold"), html`<b aria-hidden="true">B</b>`],
      ["italic", _("Italic"), html`<i aria-hidden="true">I</i>`],
      ["list", _("List"), icon("bullets")],
      ["quote", _("Quotation"), icon("quote")],
      ["code", _("Code"), html`<span class="mono" aria-hidden="true">&lt;/&gt;</span>`],
      ["formula", _("Formula"), html`<span aria-hidden="true">∑</span>`],
    ];
  }

  #tab(index: number): number {
    return index === this.current ? 0 : -1;
  }

  #apply(format: Format): void {
    if (!this.previewing) this.dispatchEvent(new CustomEvent<Format>("peer-format", { detail: format }));
  }

  #preview(): void {
    this.dispatchEvent(new CustomEvent("peer-preview"));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") return;
    const buttons = [...this.querySelectorAll<HTMLElement>("button")];
    const next = nextIndex(event.key, this.current, buttons.length, this.matches(":dir(rtl)"));
    if (next === null) return;
    event.preventDefault();
    this.current = next;
    buttons[next]?.focus();
  }
}

define("peer-toolbar", PeerToolbar);
