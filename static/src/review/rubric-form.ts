/** The rubric to fill: each criterion a group of radio cards and a comment below. */
import { html, nothing, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { fieldError } from "../shared/notices.ts";
import { chosen, optionOfKey } from "./rubric.ts";
import { pointsOf, shareOf } from "./task.ts";
import type { Activity, Criterion, Option, ReviewDraft } from "./types.ts";

export interface RubricForm {
  readonly activity: Activity;
  readonly draft: ReviewDraft;
  /** Heading level of a criterion. */
  readonly level: number;
  /** Messages by field: `scores.<id>`, `comments.<id>`, `overall`. */
  readonly errors: Readonly<Record<string, string>>;
  readonly singleKeys: boolean;
  change(draft: ReviewDraft): void;
}

/** Id of the control that a field's name means: what a link in the save bar jumps to. */
export function controlId(field: string): string {
  return `rubric-${field.replaceAll(".", "-")}`;
}

/** Put the focus where `field` is mended; for an option, on the first of its group. */
export function focusField(scope: HTMLElement, field: string): void {
  const control = scope.querySelector<HTMLElement>(`#${CSS.escape(controlId(field))}`);
  (control?.querySelector<HTMLElement>("input") ?? control)?.focus();
}

export function rubricForm(form: RubricForm): TemplateResult {
  return html`${form.activity.criteria.map((criterion) => criterionField(criterion, form))}${overallField(form)}`;
}

function criterionField(criterion: Criterion, form: RubricForm): TemplateResult {
  const { id, name, prompt, options } = criterion;
  const field = `scores.${id}`;
  const onKey = (event: KeyboardEvent): void => chooseByKey(event, criterion, form);
  return html`<fieldset class="criterion" @keydown=${onKey} aria-describedby=${prompt ? controlId(`prompt.${id}`) : nothing}>
    <legend class="criterion-head">${heading(form.level, html`${name}`, { style: "h-section" })} <span class="muted small">${shareOf(criterion)}</span></legend>
    ${prompt ? html`<p class="small muted" id=${controlId(`prompt.${id}`)}>${prompt}</p>` : nothing}
    <div class="options" id=${controlId(field)}>${options.map((option) => optionCard(option, criterion, form))}</div>
    ${errorBeside(field, form)}
    ${commentField(criterion, form)}</fieldset>`;
}

function optionCard(option: Option, criterion: Criterion, form: RubricForm): TemplateResult {
  const choose = (): void => form.change({ ...form.draft, scores: { ...form.draft.scores, [criterion.id]: option.id } });
  return html`<label class="option"><input type="radio" name=${controlId(criterion.id)} .checked=${chosen(form.draft, criterion)?.id === option.id}
    aria-describedby=${describedBy(`scores.${criterion.id}`, form)} @change=${choose}><b>${option.name}</b>${
    criterion.max_points > 0 ? html`<span class="pts">${pointsOf(option.points)}</span>` : html`<span></span>`}${
    option.explanation ? html`<span class="desc">${option.explanation}</span>` : nothing}</label>`;
}

function commentField({ id, name }: Criterion, form: RubricForm): TemplateResult {
  const field = `comments.${id}`;
  const write = (event: Event): void => form.change({
    ...form.draft, comments: { ...form.draft.comments, [id]: (event.target as HTMLTextAreaElement).value },
  });
  return html`<div class="field"><label class="label" for=${controlId(field)}>${_("What works, what is missing")}<span class="sr">: ${name}</span></label>
    <textarea class="input s" rows="2" dir="auto" id=${controlId(field)} .value=${form.draft.comments[id] ?? ""} aria-required="true"
      placeholder=${_("One sentence on what is good, one on the next step")} aria-invalid=${form.errors[field] ? "true" : nothing}
      aria-describedby=${describedBy(field, form)} @input=${write}></textarea>${errorBeside(field, form)}</div>`;
}

function overallField(form: RubricForm): TemplateResult {
  const write = (event: Event): void => form.change({ ...form.draft, overall: (event.target as HTMLTextAreaElement).value });
  return html`<div class="field overall"><label class="label" for=${controlId("overall")}>${_("On the whole")} <span class="muted">${_("(optional)")}</span></label>
    <textarea class="input s" rows="2" dir="auto" id=${controlId("overall")} .value=${form.draft.overall} aria-invalid=${form.errors.overall ? "true" : nothing}
      aria-describedby=${describedBy("overall", form)} @input=${write}></textarea>${errorBeside("overall", form)}</div>`;
}

function errorBeside(field: string, { errors }: RubricForm): unknown {
  return errors[field] ? fieldError(`${controlId(field)}-error`, errors[field]) : nothing;
}

function describedBy(field: string, { errors }: RubricForm): unknown {
  return errors[field] ? `${controlId(field)}-error` : nothing;
}

/** A digit chooses the option of the criterion in focus, but not while one writes. */
function chooseByKey(event: KeyboardEvent, criterion: Criterion, form: RubricForm): void {
  if (!form.singleKeys || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLTextAreaElement) return;
  const option = optionOfKey(event.key, criterion);
  if (!option) return;
  event.preventDefault();
  const at = criterion.options.indexOf(option);
  const fieldset = event.currentTarget as HTMLElement;
  fieldset.querySelectorAll<HTMLInputElement>("input[type=radio]")[at]?.focus();
  form.change({ ...form.draft, scores: { ...form.draft.scores, [criterion.id]: option.id } });
}
