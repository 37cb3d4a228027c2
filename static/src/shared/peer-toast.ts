import { html, nothing, type TemplateResult } from "lit";
import { _ } from "./i18n.ts";
import { define, LightElement } from "./light-element.ts";

const SHOWN_MS = 10_000;

export interface Toast {
  readonly message: string;
  readonly undo?: () => void;
}

/** What just happened, beside where it happened, with undo; it leaves after 10 s unless hovered or focused. */
export class PeerToast extends LightElement {
  static override properties = { toast: { attribute: false }, spoken: { state: true } };
  toast: Toast | null = null;
  /** The live region stands before its text comes: only then is it read out. */
  spoken = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): TemplateResult {
    const toast = this.spoken ? this.toast : null;
    return html`<div role="status" class=${toast ? "toast" : ""} @pointerenter=${this.#hold} @pointerleave=${this.#wait}
      @focusin=${this.#hold} @focusout=${this.#wait}>${toast ? this.#content(toast) : nothing}</div>`;
  }

  #content(toast: Toast): TemplateResult {
    const undo = toast.undo;
    return html`<span>${toast.message}</span>${undo
      ? html`<button class="btn s" type="button" @click=${() => this.#undo(undo)}>${_("Undo")}</button>`
      : nothing}`;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (!changed.has("toast")) return;
    this.#wait();
    if (!this.spoken) requestAnimationFrame(() => (this.spoken = true));
  }

  #undo(undo: () => void): void {
    this.#leave();
    undo();
  }

  #hold(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#leave(), SHOWN_MS);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.dispatchEvent(new CustomEvent("peer-close"));
  }
}

define("peer-toast", PeerToast);
