import { html, nothing, type TemplateResult } from "lit";
import { explain } from "../shared/errors.ts";
import { _ } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { applyFormat, type Format } from "../shared/markdown-edit.ts";
import { prose } from "../shared/peer-prose.ts";
import "../shared/peer-toolbar.ts";
import type { RootHost } from "../shared/root-element.ts";

/** A long text in Markdown: toolbar, text, preview as learners will see it. */
export class PeerMarkdown extends LightElement {
  static override properties = {
    host: { attribute: false }, name: { attribute: false }, inputId: { attribute: false }, text: { attribute: false },
    isInvalid: { attribute: false }, describedBy: { attribute: false }, previewed: { state: true }, refusal: { state: true },
  };
  host!: RootHost;
  name = "";
  inputId = "";
  text = "";
  isInvalid = false;
  describedBy: unknown = nothing;
  previewed: string | null = null;
  refusal = "";

  protected override render(): TemplateResult {
    return html`<div class="composer ${this.isInvalid ? "failed" : ""}"><peer-toolbar .previewing=${this.previewed !== null} .controls=${this.inputId}
        @peer-format=${this.#onFormat} @peer-preview=${() => void this.#preview()}></peer-toolbar>${this.previewed === null ? this.#area() : this.#shown(this.previewed)}${
      this.refusal ? html`<p class="help inset" role="status">${this.refusal}</p>` : nothing}</div>`;
  }

  #area(): TemplateResult {
    return html`<textarea class="composer-body" dir="auto" id=${this.inputId} name=${this.name} .value=${this.text} aria-invalid=${this.isInvalid ? "true" : nothing}
      aria-describedby=${this.describedBy} @input=${this.#onInput}></textarea>`;
  }

  #shown(content: string): TemplateResult {
    return html`<section class="composer-preview" aria-label=${_("Preview")} tabindex="0">${content ? prose(content, this.host.katexUrl, "")
      : html`<p class="muted">${_("Nothing to preview yet.")}</p>`}</section>`;
  }

  async #preview(): Promise<void> {
    this.refusal = "";
    if (this.previewed !== null) {
      this.previewed = null;
      return;
    }
    try {
      this.previewed = this.text.trim() ? await this.host.preview(this.text) : "";
    } catch (error) {
      this.refusal = explain(error);
    }
  }

  #onFormat = async (event: CustomEvent<Format>): Promise<void> => {
    const area = this.find<HTMLTextAreaElement>("textarea");
    if (!area) return;
    const { text, start, end } = applyFormat({ text: area.value, start: area.selectionStart, end: area.selectionEnd }, event.detail);
    this.#change(text);
    await this.focusOn("textarea");
    area.setSelectionRange(start, end);
  };

  #onInput = (event: Event): void => this.#change((event.target as HTMLTextAreaElement).value);

  #change(text: string): void {
    this.text = text;
    this.dispatchEvent(new CustomEvent<string>("peer-text", { detail: text }));
  }
}

define("peer-markdown", PeerMarkdown);
