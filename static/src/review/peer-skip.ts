import { html, nothing, type TemplateResult } from "lit";
import { explain } from "../shared/errors.ts";
import { _ } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { fieldError } from "../shared/notices.ts";
import type { PeerDialog } from "../shared/peer-dialog.ts";
import "../shared/peer-dialog.ts";
import type { App } from "./app.ts";
import type { SkipReason, State } from "./types.ts";

/** Passing on a work, with the reason: it goes to somebody else, or to the course team. */
export class PeerSkip extends LightElement {
  static override properties = {
    app: { attribute: false }, review: { attribute: false }, reason: { state: true }, note: { state: true }, problem: { state: true }, busy: { state: true },
  };
  app!: App;
  review = "";
  reason: SkipReason | null = null;
  note = "";
  problem = "";
  busy = false;

  protected override render(): TemplateResult {
    return html`<peer-dialog .name=${_("Pass or report this work")} .level=${this.app.level + 1} .content=${this.#form()} @peer-close=${this.#close}></peer-dialog>`;
  }

  #form(): TemplateResult {
    const reasons: readonly (readonly [SkipReason, string, string])[] = [
      ["know_author", _("I recognise the author"), _("The work waits for somebody else.")],
      ["unreadable", _("I cannot open or read it"), _("The course team sees why.")],
      ["off_topic", _("It is empty, off topic or offensive"), _("The course team sees why.")],
      ["other", _("Another reason"), ""],
    ];
    return html`<form class="stack" novalidate @submit=${this.#onSubmit}>
      <fieldset class="field"><legend class="label">${_("Why")}</legend><div class="options">${reasons.map(([value, label, help]) => html`<label class="option">
        <input type="radio" name="skip" .checked=${this.reason === value} @change=${() => (this.reason = value)}><b>${label}</b><span></span>${
        help ? html`<span class="desc">${help}</span>` : nothing}</label>`)}</div></fieldset>
      <div class="field"><label class="label" for="skip-note">${_("Anything that the course team should know")} <span class="muted">${_("(optional)")}</span></label>
        <textarea class="input s" rows="2" id="skip-note" dir="auto" .value=${this.note} @input=${this.#onNote}></textarea></div>
      ${this.problem ? fieldError("skip-error", this.problem) : nothing}
      <div class="actions end"><button class="btn quiet" type="button" @click=${() => this.find<PeerDialog>("peer-dialog")?.close()}>${_("Keep reviewing")}</button>
        <button class="btn" type="submit" aria-busy=${this.busy || nothing}>${_("Pass on this work")}</button></div></form>`;
  }

  #onNote = (event: Event): void => {
    this.note = (event.target as HTMLTextAreaElement).value;
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#send();
  };

  async #send(): Promise<void> {
    if (this.busy) return;
    if (!this.reason) return this.#show(_("Choose why first."));
    this.busy = true;
    try {
      const state = await this.app.operations.skipReview(this.review, this.reason, this.note);
      this.find<PeerDialog>("peer-dialog")?.close();
      this.dispatchEvent(new CustomEvent<State>("peer-sent", { detail: state }));
    } catch (error) {
      await this.#show(explain(error));
    } finally {
      this.busy = false;
    }
  }

  async #show(problem: string): Promise<void> {
    this.problem = problem;
    await this.updateComplete;
    await this.find<PeerDialog>("peer-dialog")?.focusOn("#skip-error");
  }

  #close = (): void => {
    this.dispatchEvent(new CustomEvent("peer-close"));
  };
}

define("peer-skip", PeerSkip);
