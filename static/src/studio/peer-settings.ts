import { html, nothing, type TemplateResult } from "lit";
import { csrfToken } from "../shared/api.ts";
import { heading } from "../shared/heading.ts";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define } from "../shared/light-element.ts";
import { banner } from "../shared/notices.ts";
import { RootElement } from "../shared/root-element.ts";
import { controlId, errorsIn, errorsOf, homeless, named, settingOf } from "./errors.ts";
import { fieldControls, type FieldView } from "./fields.ts";
import "./peer-rubric-editor.ts";
import type { PeerRubricEditor } from "./peer-rubric-editor.ts";
import { describeClass, describeSupply } from "./supply.ts";
import type { FieldError, Section, SettingField, Settings } from "./types.ts";
import { isSameValue, shownValue, storedValue, type Values } from "./values.ts";

export interface StudioRuntime {
  handlerUrl(element: Element, name: string): string;
  notify(name: "save" | "cancel" | "error", data: object): void;
}

/** The settings of a block: sections, all errors at once, one button. */
export class PeerSettings extends RootElement<Settings, null> {
  static override properties = {
    values: { state: true }, errors: { state: true }, busy: { state: true }, shown: { state: true },
  };
  runtime!: StudioRuntime;
  saveUrl = "";
  values: Values = {};
  errors: readonly FieldError[] = [];
  busy = false;
  /** Index of the section that was gone to last. */
  shown = 0;
  protected readonly home = null;
  #saved: Values = {};

  protected begin(): null {
    this.values = Object.fromEntries(this.#fields.map((field) => [field.name, shownValue(field)]));
    this.#saved = this.values;
    return null;
  }

  get #fields(): readonly SettingField[] {
    return this.config.sections.flatMap(({ fields }) => fields);
  }

  protected content(): TemplateResult {
    const { sections } = this.config;
    return html`<form class="stack settings" novalidate @submit=${this.#onSubmit}>
      <div role="alert" class="errors" tabindex="-1">${this.errors.length ? this.#errors() : nothing}</div>
      ${sections.length > 1 ? this.#tabs(sections) : nothing}
      <div>${sections.map((section, index) => this.#section(section, index))}</div>${this.#savebar()}</form>`;
  }

  #errors(): TemplateResult {
    const n = this.errors.length;
    const what = ngettext("{n} setting needs a change before this can be saved.", "{n} settings need a change before this can be saved.", n);
    const links = this.errors.map((error, index) => html`<li>${homeless([error], this.#fields).length ? error.message
      : html`<a href="#${controlId(error.field)}" @click=${(event: Event) => this.#follow(event, index)}>${named(error, this.#fields)}</a>`}</li>`);
    return html`<div class="banner danger">${icon("warn")}<div><strong>${what}</strong> ${_("Everything else is kept.")}<ul>${links}</ul></div></div>`;
  }

  #follow(event: Event, index: number): void {
    event.preventDefault();
    const error = this.errors[index];
    if (error) void this.#reach(error);
  }

  /** Open what holds the field, and put the focus there. */
  async #reach(error: FieldError): Promise<void> {
    const editor = this.renderRoot.querySelector<PeerRubricEditor>(`#${CSS.escape(controlId(settingOf(error)))}`);
    if (editor?.reach) return editor.reach(error.field);
    const control = this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(controlId(error.field))}`);
    (control?.querySelector<HTMLElement>("input, textarea") ?? control)?.focus();
  }

  #tabs(sections: readonly Section[]): TemplateResult {
    return html`<nav class="tabs" aria-label=${_("On this page")}>${sections.map((section, index) => {
      const n = errorsOf(section, this.errors).length;
      return html`<a class="tab" href="#section-${index}" aria-current=${index === this.shown ? "true" : nothing} @click=${(event: Event) => this.#goTo(event, index)}>${section.title}${
        n ? html` <span class="badge danger">${n}<span class="sr"> ${ngettext("problem", "problems", n)}</span></span>` : nothing}</a>`;
    })}</nav>`;
  }

  #goTo(event: Event, index: number): void {
    event.preventDefault();
    this.shown = index;
    const title = this.renderRoot.querySelector<HTMLElement>(`#section-${index}`);
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  #section({ title, help, fields }: Section, index: number): TemplateResult {
    const controls = html`<div class="stack">${fieldControls(fields, (field) => this.#view(field), (run) => this.#supply(run))}</div>`;
    if (!title) return html`<div class="form-plain">${controls}</div>`;
    const isWide = fields.some(({ kind }) => kind === "rubric");
    return html`<section class="form-section ${isWide ? "wide" : ""}" aria-labelledby="section-${index}"><div class="stack tight">${
      heading(this.level, title, { style: "h-section", id: `section-${index}`, focusable: true })}${help ? html`<p class="help">${help}</p>` : nothing}</div>${controls}</section>`;
  }

  #view({ name }: SettingField): FieldView {
    return { errors: this.errors, value: this.values[name], host: this, change: (value) => this.#change(name, value) };
  }

  /** A word on the numbers of reviews, where both are. */
  #supply(fields: readonly SettingField[]): unknown {
    const has = (name: string): boolean => fields.some((field) => field.name === name);
    if (!has("wanted") || !has("to_give")) return nothing;
    const wanted = Number(this.values.wanted);
    const toGive = Number(this.values.to_give);
    const words = [describeClass(wanted, toGive, this.config.learners ?? null), describeSupply(wanted, toGive)];
    return words.map((word) => (word ? banner(word) : nothing));
  }

  #change(name: string, value: unknown): void {
    this.values = { ...this.values, [name]: value };
    this.errors = this.errors.filter((error) => settingOf(error) !== name);
  }

  #savebar(): TemplateResult {
    const n = this.#fields.filter(({ name }) => !isSameValue(this.values[name], this.#saved[name])).length;
    return html`<div class="savebar"><span class="saved" role="status">${n === 0 ? _("Nothing changed") : ngettext("Not saved, {n} change", "Not saved, {n} changes", n)}</span>
      <span class="actions push"><button class="btn quiet" type="button" @click=${() => this.runtime.notify("cancel", {})}>${_("Cancel")}</button>
      <button class="btn primary" type="submit" aria-busy=${this.busy || nothing}>${this.busy ? html`<span class="spinner"></span>` : nothing} ${_("Save settings")}</button></span></div>`;
  }

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    if (this.busy) return;
    const half = this.#halfTyped();
    if (half.length) return this.#refuse(half);
    this.busy = true;
    this.errors = [];
    this.runtime.notify("save", { state: "start", message: _("Saving…") });
    const errors = await this.#send();
    this.busy = false;
    if (errors.length) return this.#refuse(errors);
    this.#saved = this.values;
    this.runtime.notify("save", { state: "end" });
  }

  /** A date of which a part is missing counts as none for the browser, and would be lost. */
  #halfTyped(): FieldError[] {
    const dates = [...this.renderRoot.querySelectorAll<HTMLInputElement>("input[type=datetime-local]")];
    return dates.filter((input) => input.validity.badInput).map((input) => ({ field: input.name, message: _("Complete the date and the time, or empty both.") }));
  }

  async #refuse(errors: readonly FieldError[]): Promise<void> {
    this.errors = errors;
    this.runtime.notify("error", { msg: errors.map(({ message }) => message).join(" ") });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(".errors")?.focus();
  }

  async #send(): Promise<FieldError[]> {
    const values = Object.fromEntries(this.#fields.map((field) => [field.name, storedValue(field, this.values[field.name])]));
    try {
      const answer = await fetch(this.saveUrl, {
        method: "POST", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(document.cookie) }, body: JSON.stringify(values),
      });
      return errorsIn((await answer.json()) as object);
    } catch {
      return [{ field: "", message: _("The settings did not reach the server. They are still here: try again.") }];
    }
  }
}

define("peer-settings", PeerSettings);
