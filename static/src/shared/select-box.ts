/** A choice of few: a select with its arrow. */
import { html, type TemplateResult } from "lit";
import { icon } from "./icons.ts";

interface SelectBox<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly (readonly [T, string])[];
  readonly style?: string;
  choose(value: T): void;
}

export function selectBox<T extends string>({ label, value, choices, style = "", choose }: SelectBox<T>): TemplateResult {
  const change = (event: Event): void => choose((event.target as HTMLSelectElement).value as T);
  return html`<span class="select ${style}"><select class="input s" aria-label=${label} @change=${change}>${choices.map(
    ([name, text]) => html`<option value=${name} .selected=${name === value}>${text}</option>`,
  )}</select>${icon("down")}</span>`;
}
