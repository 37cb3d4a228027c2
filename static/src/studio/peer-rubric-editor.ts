import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { fieldError } from "../shared/notices.ts";
import type { Toast } from "../shared/peer-toast.ts";
import "../shared/peer-toast.ts";
import { controlId, errorFor } from "./errors.ts";
import {
  describeOptions, freshId, inserted, moved, newCriterion, newOption, nextPoints, replaced, sharedEvenly, sumOfShares,
  withOption, without,
  type CriterionRow, type OptionRow, type Rubric,
} from "./rubric-model.ts";
import type { FieldError } from "./types.ts";

/** The criteria of a rubric: folded rows that open, moved by buttons or Alt with the arrows, removed with undo. */
export class PeerRubricEditor extends LightElement {
  static override properties = {
    name: { attribute: false }, rubric: { attribute: false }, errors: { attribute: false }, level: { attribute: false },
    open: { state: true }, toast: { state: true }, said: { state: true },
  };
  /** Of the setting. */
  name = "";
  rubric: Rubric = [];
  errors: readonly FieldError[] = [];
  level = 4;
  /** Ids of the criteria that are open. */
  open: ReadonlySet<string> = new Set();
  toast: Toast | null = null;
  /** Where something was moved to, for those who do not see it. */
  said = "";

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("errors")) this.#openFaulty();
  }

  #openFaulty(): void {
    const faulty = this.rubric.filter((_row, index) => this.#errorsWithin(index));
    if (faulty.length) this.open = new Set([...this.open, ...faulty.map(({ id }) => id)]);
  }

  #errorsWithin(index: number): boolean {
    return this.errors.some(({ field }) => field.startsWith(`${this.name}.${index}.`));
  }

  /** Put the focus where an error of the rubric is mended. */
  async reach(field: string): Promise<void> {
    await this.updateComplete;
    const control = this.find(`#${CSS.escape(controlId(field))}`) ?? this.find("button");
    (control?.querySelector<HTMLElement>("input, button") ?? control)?.focus();
  }

  protected override render(): TemplateResult {
    const sum = sumOfShares(this.rubric);
    return html`${this.rubric.length ? html`<ol role="list" class="rows">${this.rubric.map((row, index) => this.#row(row, index))}</ol>`
      : html`<p class="muted small">${_("There is no criterion yet. Without one, works cannot be reviewed.")}</p>`}
      <peer-toast .toast=${this.toast} @peer-close=${() => (this.toast = null)}></peer-toast>
      <div class="cluster"><button class="btn add" type="button" @click=${this.#add}>${icon("plus")} ${_("Add a criterion")}</button>${this.rubric.length
        ? html`<span class="small push ${sum.isWhole ? "muted" : "off"}" role="status">${sum.isWhole ? nothing : icon("warn")} ${sum.words}</span>` : nothing}${
        sum.isWhole || this.rubric.length === 0 ? nothing : html`<button class="btn s" type="button" @click=${() => this.#change(sharedEvenly(this.rubric))}>${_("Share evenly")}</button>`}</div>
      <span class="sr" role="status">${this.said}</span>`;
  }

  #row(row: CriterionRow, index: number): TemplateResult {
    const isOpen = this.open.has(row.id);
    const name = criterionName(row, index);
    return html`<li class="row edit ${isOpen ? "is-current" : ""}" data-criterion=${row.id} @keydown=${(event: KeyboardEvent) => this.#onKey(event, index)}>
      ${this.#movers(index, name)}<div class="stack">${isOpen ? nothing : html`<div>${heading(this.level, name, { style: "row-title" })}
        <p class="meta"><span>${describeOptions(row.options)}</span><span>${_("{n} %", { n: row.weight || "0" })}</span></p></div>`}${isOpen ? this.#editing(row, index) : nothing}</div>
      <div class="row-actions"><button class="btn quiet icon s fold" type="button" aria-expanded=${isOpen} aria-label=${isOpen ? _("Close {name}", { name }) : _("Edit {name}", { name })}
        @click=${() => this.#toggle(row.id)}>${icon(isOpen ? "check" : "edit")}</button><button class="btn quiet icon s" type="button"
        aria-label=${_("Remove {name}", { name })} @click=${() => this.#remove(index)}>${icon("trash")}</button></div></li>`;
  }

  #movers(index: number, name: string): TemplateResult {
    const last = this.rubric.length - 1;
    return html`<div class="movers"><button class="btn quiet icon s" type="button" aria-label=${_("Move {name} up", { name })} aria-disabled=${index === 0 ? "true" : nothing}
      @click=${() => this.#move(index, -1)}>${icon("up")}</button><button class="btn quiet icon s down" type="button" aria-label=${_("Move {name} down", { name })}
      aria-disabled=${index === last ? "true" : nothing} @click=${() => this.#move(index, 1)}>${icon("up")}</button></div>`;
  }

  #editing(row: CriterionRow, index: number): TemplateResult {
    const path = `${this.name}.${index}`;
    const change = (part: Partial<CriterionRow>): void => this.#change(replaced(this.rubric, index, { ...row, ...part }));
    return html`<div class="two narrow">${this.#text(`${path}.name`, _("Name"), row.name, (name) => change({ name }))}
        ${this.#text(`${path}.weight`, _("Share of the grade, in %"), row.weight, (weight) => change({ weight }), "decimal")}</div>
      ${this.#text(`${path}.prompt`, _("What to look at"), row.prompt, (prompt) => change({ prompt }), "", _("A question to the reviewer, such as: could you repeat it?"))}
      <fieldset class="field" id=${controlId(`${path}.options`)}><legend class="label">${_("Options, the lowest first")}</legend>
        <ol role="list" class="option-rows">${row.options.map((option, at) => this.#option(option, at, row, index))}</ol>
        ${this.#error(`${path}.options`)}<div><button class="btn s" type="button" @click=${() => this.#addOption(row, index)}>${icon("plus")} ${_("Add an option")}</button></div></fieldset>`;
  }

  #option(option: OptionRow, at: number, row: CriterionRow, index: number): TemplateResult {
    const path = `${this.name}.${index}.options.${at}`;
    const setOptions = (options: readonly OptionRow[]): void => this.#change(replaced(this.rubric, index, { ...row, options }));
    const change = (part: Partial<OptionRow>): void => setOptions(replaced(row.options, at, { ...option, ...part }));
    const label = optionName(option, at);
    return html`<li class="option-row" data-option=${option.id} @keydown=${(event: KeyboardEvent) => this.#onOptionKey(event, at, row, index)}>
      ${this.#text(`${path}.points`, _("Points"), option.points, (points) => change({ points }), "numeric")}
      ${this.#text(`${path}.name`, _("Name"), option.name, (name) => change({ name }))}
      ${this.#text(`${path}.explanation`, _("Explanation"), option.explanation, (explanation) => change({ explanation }), "long")}
      <button class="btn quiet icon s" type="button" aria-label=${_("Remove {name}", { name: label })} @click=${() => this.#removeOption(at, row, index)}>${icon("close")}</button></li>`;
  }

  /** `mode`: the keyboard of a phone, or "long" for a text that grows. */
  #text(field: string, label: string, value: string, change: (text: string) => void, mode = "", hint = ""): TemplateResult {
    const id = controlId(field);
    const error = errorFor(field, this.errors);
    const describedBy = error ? `${id}-error` : nothing;
    const write = (event: Event): void => change((event.target as HTMLInputElement).value);
    const control = mode === "long"
      ? html`<textarea class="input s grows" rows="1" id=${id} dir="auto" .value=${value} aria-invalid=${error ? "true" : nothing} aria-describedby=${describedBy} @input=${write}></textarea>`
      : html`<input class="input s" id=${id} dir="auto" .value=${value} inputmode=${mode || nothing} placeholder=${hint || nothing}
        aria-invalid=${error ? "true" : nothing} aria-describedby=${describedBy} @input=${write}>`;
    return html`<div class="field"><label class="label" for=${id}>${label}</label>${control}${this.#error(field)}</div>`;
  }

  #error(field: string): unknown {
    const error = errorFor(field, this.errors);
    return error ? fieldError(`${controlId(field)}-error`, error) : nothing;
  }

  #change(rubric: Rubric): void {
    this.rubric = rubric;
    this.dispatchEvent(new CustomEvent<Rubric>("peer-rubric", { detail: rubric }));
  }

  #toggle(id: string): void {
    const open = new Set(this.open);
    if (!open.delete(id)) open.add(id);
    this.open = open;
    void this.#focusIn(id, open.has(id) ? "input" : ".fold");
  }

  async #focusIn(id: string, selector: string): Promise<void> {
    await this.focusOn(`[data-criterion="${CSS.escape(id)}"] ${selector}`);
  }

  #add = (): void => {
    const row = newCriterion(freshId);
    this.open = new Set([...this.open, row.id]);
    this.#change([...this.rubric, row]);
    void this.#focusIn(row.id, "input");
  };

  #remove(index: number): void {
    const row = this.rubric[index]!;
    this.#change(without(this.rubric, index));
    const message = row.name ? _("{name} is removed.", { name: row.name }) : _("The criterion is removed.");
    this.toast = { message, undo: () => this.#restore(row.id, inserted(this.rubric, index, row)) };
    const neighbour = this.rubric[Math.min(index, this.rubric.length - 1)];
    void (neighbour ? this.#focusIn(neighbour.id, ".fold") : this.focusOn(".add"));
  }

  #restore(id: string, rubric: Rubric): void {
    this.toast = null;
    this.#change(rubric);
    void this.#focusIn(id, ".fold");
  }

  #move(index: number, by: -1 | 1): void {
    const row = this.rubric[index]!;
    const rubric = moved(this.rubric, index, by);
    if (rubric === this.rubric) return;
    void this.#keepFocus("[data-criterion]", index, index + by);
    this.#change(rubric);
    this.#say(criterionName(row, index), index + by, rubric.length);
  }

  #say(name: string, place: number, count: number): void {
    this.said = _("{name} is now number {place} of {count}.", { name, place: place + 1, count });
  }

  /** Rows are drawn by place: what moves from one to another takes the focus along, to the same control of its row. */
  async #keepFocus(rows: string, from: number, to: number): Promise<void> {
    const controlsOf = (index: number): HTMLElement[] => [...(this.querySelectorAll(rows)[index]?.querySelectorAll<HTMLElement>("input, textarea, button") ?? [])];
    const at = controlsOf(from).indexOf((this.getRootNode() as ShadowRoot).activeElement as HTMLElement);
    await Promise.resolve();
    await this.updateComplete;
    controlsOf(to)[at]?.focus();
  }

  #onKey(event: KeyboardEvent, index: number): void {
    const by = direction(event);
    if (!by) return;
    event.preventDefault();
    this.#move(index, by);
  }

  #onOptionKey(event: KeyboardEvent, at: number, row: CriterionRow, index: number): void {
    const by = direction(event);
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const options = moved(row.options, at, by);
    if (options === row.options) return;
    void this.#keepFocus(`[data-criterion="${CSS.escape(row.id)}"] [data-option]`, at, at + by);
    this.#change(replaced(this.rubric, index, { ...row, options }));
    this.#say(optionName(row.options[at]!, at), at + by, options.length);
  }

  #addOption(row: CriterionRow, index: number): void {
    const option = newOption(nextPoints(row.options), freshId);
    this.#change(replaced(this.rubric, index, { ...row, options: [...row.options, option] }));
    void this.focusOn(`[data-option="${CSS.escape(option.id)}"] input`);
  }

  #removeOption(at: number, row: CriterionRow, index: number): void {
    const option = row.options[at]!;
    this.#change(replaced(this.rubric, index, { ...row, options: without(row.options, at) }));
    this.toast = { message: _("The option is removed."), undo: () => this.#restore(row.id, withOption(this.rubric, row.id, at, option)) };
    void this.#focusIn(row.id, "fieldset > div > button");
  }
}

function criterionName({ name }: CriterionRow, index: number): string {
  return name || _("Criterion {n}", { n: index + 1 });
}

function optionName({ name }: OptionRow, index: number): string {
  return name || _("option {n}", { n: index + 1 });
}

/** Alt with an arrow moves. */
function direction({ altKey, key }: KeyboardEvent): -1 | 1 | null {
  if (!altKey) return null;
  return key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : null;
}

define("peer-rubric-editor", PeerRubricEditor);
