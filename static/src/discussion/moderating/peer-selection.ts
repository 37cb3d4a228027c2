import { html, nothing, type TemplateResult } from "lit";
import { explain } from "../../shared/errors.ts";
import { _, ngettext } from "../../shared/i18n.ts";
import { icon } from "../../shared/icons.ts";
import { define, LightElement } from "../../shared/light-element.ts";
import "../../shared/peer-menu.ts";
import type { MenuItem } from "../../shared/peer-menu.ts";
import { fieldError } from "../../shared/notices.ts";
import type { PeerThreadList } from "../peer-thread-list.ts";
import { listDestinations, moderateThreads, placeName, type Act, type Destination } from "./operations.ts";
import { resultOf, undone, type Result } from "./result.ts";

type Form = "tag" | "move" | null;

/** Above the rows, for the team: which threads are selected, what is done to all of them, and what was done. */
export class PeerSelection extends LightElement {
  static override properties = {
    list: { attribute: false }, selection: { attribute: false }, result: { attribute: false }, form: { state: true },
    isBusy: { state: true }, refusal: { state: true }, places: { state: true },
  };
  list!: PeerThreadList;
  /** Null while nothing is being selected. */
  selection: ReadonlySet<string> | null = null;
  result: Result | null = null;
  form: Form = null;
  isBusy = false;
  refusal = "";
  places: readonly Destination[] | null = null;

  protected override render(): TemplateResult {
    return html`<div class="selection">${this.selection === null ? this.#start() : this.#bar(this.selection)}
      ${this.refusal ? fieldError("selection-error", this.refusal) : nothing}
      <div role="status" class=${this.result ? "toast" : ""}>${this.result ? this.#said(this.result) : nothing}</div></div>`;
  }

  #start(): TemplateResult {
    return html`<button class="btn quiet s" type="button" @click=${() => void this.#begin()}>${icon("check")} ${_("Select threads")}</button>`;
  }

  async #begin(): Promise<void> {
    this.list.select(new Set());
    this.list.result = null;
    await this.list.updateComplete;
    this.list.querySelector<HTMLElement>(".row input[type=checkbox]")?.focus();
  }

  #bar(selection: ReadonlySet<string>): TemplateResult {
    const n = selection.size;
    const all = this.list.threads.map(({ id }) => id);
    const hasAll = all.every((id) => selection.has(id));
    return html`<div class="selection-bar" role="group" aria-label=${_("Selected threads")}>
      <strong role="status">${n === 0 ? _("None selected") : ngettext("{n} selected", "{n} selected", n)}</strong>
      <button class="btn-link" type="button" @click=${() => this.list.select(new Set(hasAll ? [] : all))}>${
        hasAll ? _("Select none") : _("Select all shown")}</button>
      <span class="actions">${this.#button(_("Close"), { action: "close", on: true })}${this.#button(_("Pin"), { action: "pin", on: true })}${
        this.#opener(_("Tag…"), "tag")}${this.#opener(_("Move…"), "move")}${this.#more()}
      <button class="btn quiet s" type="button" @click=${() => void this.#end()}>${_("Done")}</button></span></div>
      ${this.form === "tag" ? this.#tagForm() : this.form === "move" ? this.#moveForm() : nothing}`;
  }

  #button(label: string, act: Act): TemplateResult {
    return html`<button class="btn s" type="button" aria-disabled=${this.#isIdle || nothing} aria-busy=${this.isBusy || nothing}
      @click=${() => void this.#act(act)}>${label}</button>`;
  }

  #opener(label: string, form: Form): TemplateResult {
    return html`<button class="btn s" type="button" aria-expanded=${this.form === form} aria-disabled=${this.#isIdle || nothing} @click=${() => void this.#openForm(form)}>${label}</button>`;
  }

  #more(): TemplateResult {
    const items: MenuItem[] = [
      { label: _("Reopen"), icon: "lock", act: () => void this.#act({ action: "close", on: false }) },
      { label: _("Unpin"), icon: "pin", act: () => void this.#act({ action: "pin", on: false }) },
      { label: _("Remove"), icon: "trash", danger: true, act: () => void this.#act({ action: "remove", on: true }) },
    ];
    return html`<peer-menu .label=${_("More for the selected threads")} .items=${items} .face=${icon("more")}></peer-menu>`;
  }

  get #isIdle(): boolean {
    return this.selection === null || this.selection.size === 0;
  }

  async #openForm(form: Form): Promise<void> {
    if (this.#isIdle) return;
    this.form = this.form === form ? null : form;
    this.refusal = "";
    if (this.form === "move" && this.places === null) {
      try {
        this.places = await listDestinations(this.list.app.api);
      } catch (error) {
        this.refusal = explain(error);
      }
    }
    await this.focusOn(".selection-form .input");
  }

  #tagForm(): TemplateResult {
    const send = (on: boolean): void => {
      const tag = this.find<HTMLInputElement>("#selection-tag")?.value.trim() ?? "";
      void this.#act({ action: "tag", on, tag });
    };
    return html`<form class="selection-form" @submit=${(event: Event) => { event.preventDefault(); send(true); }}>
      <label class="label" for="selection-tag">${_("Tag")}</label><input class="input s" id="selection-tag" maxlength="30" dir="auto">
      <button class="btn s" type="submit">${_("Add the tag")}</button>
      <button class="btn quiet s" type="button" @click=${() => send(false)}>${_("Take it off")}</button></form>`;
  }

  #moveForm(): unknown {
    if (this.places === null) return nothing;
    if (this.places.length === 0) return html`<p class="muted small">${_("The course has no other discussion that you can open.")}</p>`;
    const send = (event: Event): void => {
      event.preventDefault();
      void this.#act({ action: "move", on: true, to: this.find<HTMLSelectElement>("#selection-place")?.value ?? "" });
    };
    return html`<form class="selection-form" @submit=${send}><label class="label" for="selection-place">${_("Move to")}</label>
      <span class="select"><select class="input s" id="selection-place">${this.places.map((place) =>
        html`<option value=${place.space}>${placeName(place)}</option>`)}</select>${icon("down")}</span>
      <button class="btn s" type="submit">${_("Move the threads")}</button></form>`;
  }

  async #act(act: Act): Promise<void> {
    if (this.isBusy || this.selection === null || this.#isIdle) return;
    const { api, space } = this.list.app;
    const there = this.places?.find((one) => one.space === act.to);
    const place = there ? placeName(there) : "";
    await this.#send([...this.selection], act, (done) => resultOf(act, done, { here: space?.id ?? "", place }), api);
  }

  async #undo({ threads, act }: NonNullable<Result["undo"]>): Promise<void> {
    await this.#send(threads, act, undone, this.list.app.api);
  }

  async #send(threads: readonly string[], act: Act, say: (done: Awaited<ReturnType<typeof moderateThreads>>) => Result,
    api: PeerThreadList["app"]["api"]): Promise<void> {
    this.isBusy = true;
    this.refusal = "";
    try {
      const result = say(await moderateThreads(api, threads, act));
      this.form = null;
      await this.list.renew();
      if (this.selection !== null) this.list.select(new Set());
      this.list.result = result;
      await this.list.updateComplete;
      await this.list.focusOn(result.undo ? ".selection .toast .btn" : ".selection .btn");
    } catch (error) {
      this.refusal = explain(error);
      await this.focusOn("#selection-error");
    } finally {
      this.isBusy = false;
    }
  }

  #said({ message, undo }: Result): TemplateResult {
    return html`<span>${message}</span>${undo
      ? html`<button class="btn s" type="button" aria-busy=${this.isBusy || nothing} @click=${() => void this.#undo(undo)}>${_("Undo")}</button>` : nothing}
      <button class="btn quiet s icon" type="button" aria-label=${_("Close this message")} @click=${() => void this.#clear()}>${icon("close")}</button>`;
  }

  async #clear(): Promise<void> {
    this.list.result = null;
    await this.list.updateComplete;
    await this.focusOn(".selection .btn");
  }

  async #end(): Promise<void> {
    this.list.select(null);
    this.form = null;
    this.refusal = "";
    await this.focusOn(".selection .btn");
  }
}

define("peer-selection", PeerSelection);
