/** The controls of a settings form, one for each kind of field; the message of its error stands beside it. */
import { html, nothing, type TemplateResult } from "lit";
import { _ } from "../shared/i18n.ts";
import { fieldError } from "../shared/notices.ts";
import type { RootHost } from "../shared/root-element.ts";
import { controlId, errorFor } from "./errors.ts";
import { zoneName } from "./moments.ts";
import "./peer-markdown.ts";
import type { ChoiceField, FieldError, FlagField, MomentField, NumberField, RubricField, SettingField, SeveralField, TextField } from "./types.ts";

export interface FieldView {
  readonly value: unknown;
  readonly errors: readonly FieldError[];
  readonly host: RootHost;
  change(value: unknown): void;
}

/**
 * The controls of a section; numbers and moments that follow one another stand side by side, and `aside` has a word on
 * what stands so.
 */
export function fieldControls(
  fields: readonly SettingField[], viewOf: (field: SettingField) => FieldView, aside: (run: readonly SettingField[]) => unknown,
): TemplateResult[] {
  return inRuns(fields).map((run) => {
    const controls = run.map((field) => fieldControl(field, viewOf(field)));
    if (run[0]?.kind === "moment") {
      return html`<div class="stack tight"><div class="two">${controls}</div><p class="help">${
        _("In your time zone, {zone}. Each learner sees their own.", { zone: zoneName() })}</p></div>`;
    }
    return run.length > 1 ? html`<div class="two">${controls}</div>${aside(run)}` : html`${controls}`;
  });
}

function inRuns(fields: readonly SettingField[]): SettingField[][] {
  const runs: SettingField[][] = [];
  for (const field of fields) {
    const run = runs.at(-1);
    const goesOn = run?.[0]?.kind === field.kind && (field.kind === "number" || field.kind === "moment");
    if (run && goesOn) run.push(field);
    else runs.push([field]);
  }
  return runs;
}

function fieldControl(field: SettingField, view: FieldView): TemplateResult {
  switch (field.kind) {
    case "text":
      return textControl(field, view);
    case "markdown":
      return markdownControl(field, view);
    case "number":
      return numberControl(field, view);
    case "moment":
      return momentControl(field, view);
    case "flag":
      return flagControl(field, view);
    case "choice":
      return choiceControl(field, view);
    case "several":
      return severalControl(field, view);
    case "rubric":
      return rubricControl(field, view);
  }
}

const typed = (view: FieldView) => (event: Event): void => view.change((event.target as HTMLInputElement).value);

/** The id of what describes a control: its error, else its help. */
export function describing(name: string, help: string, errors: readonly FieldError[]): unknown {
  const ids = [errorFor(name, errors) ? `${controlId(name)}-error` : "", help ? `${controlId(name)}-help` : ""].filter(Boolean);
  return ids.length ? ids.join(" ") : nothing;
}

function below({ name, help }: SettingField, { errors }: FieldView): TemplateResult {
  const error = errorFor(name, errors);
  return html`${help ? html`<p class="help" id="${controlId(name)}-help">${help}</p>` : nothing}${error ? fieldError(`${controlId(name)}-error`, error) : nothing}`;
}

function invalid(name: string, { errors }: FieldView): unknown {
  return errorFor(name, errors) ? "true" : nothing;
}

function textControl(field: TextField, view: FieldView): TemplateResult {
  const { name, label, help } = field;
  return html`<div class="field"><label class="label" for=${controlId(name)}>${label}</label><input class="input s" id=${controlId(name)} name=${name} dir="auto"
    .value=${view.value} aria-invalid=${invalid(name, view)} aria-describedby=${describing(name, help, view.errors)} @input=${typed(view)}>${below(field, view)}</div>`;
}

function markdownControl(field: TextField, view: FieldView): TemplateResult {
  const { name, label, help } = field;
  return html`<div class="field"><label class="label" for=${controlId(name)}>${label}</label><peer-markdown .host=${view.host} .name=${name} .inputId=${controlId(name)}
    .text=${view.value} .isInvalid=${Boolean(errorFor(name, view.errors))} .describedBy=${describing(name, help, view.errors)}
    @peer-text=${(event: CustomEvent<string>) => view.change(event.detail)}></peer-markdown>${below(field, view)}</div>`;
}

function numberControl(field: NumberField, view: FieldView): TemplateResult {
  const { name, label, help, is_whole } = field;
  return html`<div class="field"><label class="label" for=${controlId(name)}>${label}</label><input class="input s number" id=${controlId(name)} name=${name}
    inputmode=${is_whole ? "numeric" : "decimal"} .value=${view.value} aria-invalid=${invalid(name, view)} aria-describedby=${describing(name, help, view.errors)} @input=${typed(view)}>${below(field, view)}</div>`;
}

function momentControl(field: MomentField, view: FieldView): TemplateResult {
  const { name, label, help } = field;
  return html`<div class="field"><label class="label" for=${controlId(name)}>${label}</label><input class="input s moment" id=${controlId(name)} name=${name} type="datetime-local"
    .value=${view.value} aria-invalid=${invalid(name, view)} aria-describedby=${describing(name, help, view.errors)} @change=${typed(view)}>${below(field, view)}</div>`;
}

function flagControl(field: FlagField, view: FieldView): TemplateResult {
  const { name, label, help } = field;
  const change = (event: Event): void => view.change((event.target as HTMLInputElement).checked);
  return html`<div class="field"><label class="check"><input type="checkbox" id=${controlId(name)} name=${name} .checked=${view.value === true}
    aria-describedby=${describing(name, help, view.errors)} @change=${change}><span>${label}</span></label>${below(field, view)}</div>`;
}

function choiceControl(field: ChoiceField, view: FieldView): TemplateResult {
  const { name, label, choices, help } = field;
  return html`<fieldset class="field" id=${controlId(name)} aria-describedby=${describing(name, help, view.errors)}><legend class="label">${label}</legend>
    <div class="options">${choices.map((choice) => html`<label class="option"><input type="radio" name=${name} value=${choice.value} .checked=${choice.value === view.value}
      @change=${() => view.change(choice.value)}><b>${choice.label}</b><span></span>${choice.help ? html`<span class="desc">${choice.help}</span>` : nothing}</label>`)}</div>${below(field, view)}</fieldset>`;
}

function severalControl(field: SeveralField, view: FieldView): TemplateResult {
  const { name, label, choices, help } = field;
  const chosen = view.value as readonly string[];
  const toggle = (value: string) => (event: Event): void =>
    view.change((event.target as HTMLInputElement).checked ? [...chosen, value] : chosen.filter((other) => other !== value));
  return html`<fieldset class="field" id=${controlId(name)} aria-describedby=${describing(name, help, view.errors)}><legend class="label">${label}</legend>
    <div class="two checks">${choices.map(({ value, label: text, help: aside }) => html`<label class="check"><input type="checkbox" name=${name} value=${value} .checked=${chosen.includes(value)}
      @change=${toggle(value)}><span>${text}</span>${aside ? html`<span class="help">${aside}</span>` : nothing}</label>`)}</div>${below(field, view)}</fieldset>`;
}

function rubricControl(field: RubricField, view: FieldView): TemplateResult {
  const { name, help } = field;
  const error = errorFor(name, view.errors);
  return html`<div class="field">${help ? html`<p class="help" id="${controlId(name)}-help">${help}</p>` : nothing}${error ? fieldError(`${controlId(name)}-error`, error) : nothing}
    <peer-rubric-editor id=${controlId(name)} .name=${name} .rubric=${view.value} .errors=${view.errors} .level=${view.host.level + 1}
    @peer-rubric=${(event: CustomEvent) => view.change(event.detail)}></peer-rubric-editor></div>`;
}
