import { html, type TemplateResult } from "lit";
import { heading } from "./heading.ts";
import { _ } from "./i18n.ts";
import { icon } from "./icons.ts";
import { define, LightElement } from "./light-element.ts";
import { placeDialog } from "./place.ts";

/** A modal dialog (APG): focus goes to its heading, and back to where it was when it closes. */
export class PeerDialog extends LightElement {
  static override properties = {
    name: { attribute: false },
    level: { attribute: false },
    content: { attribute: false },
    wide: { type: Boolean },
  };
  name = "";
  level = 3;
  content: unknown = "";
  wide = false;
  #trigger: HTMLElement | null = null;

  protected override render(): TemplateResult {
    return html`<dialog class="dialog ${this.wide ? "wide" : ""}" aria-labelledby="dialog-title"
        @click=${this.#onClick} @close=${this.#onClose} @keydown=${this.#onKey}>
      <div class="stack">
        <div class="dialog-head">
          ${heading(this.level, this.name, { style: "h-section", id: "dialog-title", focusable: true })}
          <button class="btn quiet s icon" type="button" aria-label=${_("Close")}
            @click=${this.close}>${icon("close")}</button>
        </div>
        ${this.content}
      </div>
    </dialog>`;
  }

  protected override firstUpdated(): void {
    const root = this.getRootNode() as ShadowRoot;
    this.#trigger = root.activeElement as HTMLElement | null;
    this.#box?.showModal();
    this.find("#dialog-title")?.focus({ preventScroll: true });
  }

  protected override updated(): void {
    const box = this.#box;
    if (box?.open) placeDialog(box, this.#trigger);
  }

  get #box(): HTMLDialogElement | undefined {
    return this.find<HTMLDialogElement>("dialog");
  }

  close(): void {
    this.#box?.close();
  }

  #onClick(event: MouseEvent): void {
    if (event.target === this.#box) this.close();
  }

  #onKey(event: KeyboardEvent): void {
    event.stopPropagation();
  }

  #onClose(): void {
    if (this.#trigger?.isConnected) this.#trigger.focus();
    this.dispatchEvent(new CustomEvent("peer-close"));
  }
}

define("peer-dialog", PeerDialog);
