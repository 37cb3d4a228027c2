/** Banners, empty places and errors: each says what, what it means, and the way out. */
import { html, nothing, svg, type TemplateResult } from "lit";
import { explain, movedTo, Refused } from "./errors.ts";
import { heading } from "./heading.ts";
import { _ } from "./i18n.ts";
import { icon, type IconName } from "./icons.ts";

type Tone = "info" | "success" | "warning" | "danger";

const TONE_ICONS: Readonly<Record<Tone, IconName>> = {
  info: "info",
  success: "check-circle",
  warning: "warn",
  danger: "warn",
};

export interface Banner {
  readonly tone: Tone;
  readonly what: string;
  readonly meaning?: string;
  readonly icon?: IconName;
  readonly action?: TemplateResult;
}

/** `role="alert"` only for errors of this moment. */
export function banner(options: Banner): TemplateResult {
  const { tone, what, meaning = "", action } = options;
  return html`<div class="banner ${tone}" role=${tone === "danger" ? "alert" : nothing}>
    ${icon(options.icon ?? TONE_ICONS[tone])}<div><strong>${what}</strong> ${meaning}</div>${action ?? nothing}</div>`;
}

const TALK = svg`<path d="M10 16h38v26H28l-9 8v-8h-9z"/><path d="M36 50h10l8 7v-7h8V26H48" stroke-dasharray="4 4"/><path d="M19 26h20M19 33h12"/>`;

const LENS = svg`<circle cx="32" cy="32" r="18"/><path d="M46 46l14 14M25 32h14"/>`;

interface Empty {
  readonly level: number;
  readonly title: string;
  readonly text: string;
  readonly action?: unknown;
  /** Nothing matches, rather than nothing is there. */
  readonly isSearch?: boolean;
}

export function empty({ level, title, text, action, isSearch }: Empty): TemplateResult {
  return html`<div class="card empty">
    <svg viewBox="0 0 72 72" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
      stroke-linejoin="round" aria-hidden="true">${isSearch ? LENS : TALK}</svg>
    ${heading(level, title, { style: "h-section" })}<p>${text}</p>${action ?? nothing}</div>`;
}

interface Failure {
  readonly level: number;
  readonly title: string;
  readonly error: unknown;
  retry(): void;
}

/** In place of content that did not come. */
export function failure({ level, title, error, retry }: Failure): TemplateResult {
  return html`<div class="card empty" role="alert">
    ${heading(level, title, { style: "h-section" })}
    <p>${explain(error)} ${_("Nothing that you wrote is lost.")}</p>${wayOn(movedTo(error)) ?? retryButton(retry)}</div>`;
}

/** To where something is found now; null without an address. In a frame the whole page goes there. */
export function wayOn(url: string): TemplateResult | null {
  return url ? html`<a class="btn" href=${url} target="_top">${_("Open it there")}</a>` : null;
}

/** In place of a block that its author has to mend first: what is wrong, as far as the server says it. */
export function notReady(error: unknown, level: number): TemplateResult | null {
  if (!(error instanceof Refused)) return null;
  const errors = (error.details.errors ?? []) as readonly { readonly message: string }[];
  return html`<div class="card empty" role="alert">${icon("warn", "l")}
    ${heading(level, error.message, { style: "h-section" })}${errors.length
      ? html`<ul class="small reasons">${errors.map(({ message }) => html`<li>${message}</li>`)}</ul>` : nothing}</div>`;
}

export function retryButton(retry: () => void): TemplateResult {
  return html`<button class="btn" type="button" @click=${retry}>${icon("refresh")} ${_("Try again")}</button>`;
}

/** An error beside its field; `id` is what the field's `aria-describedby` names, and takes the focus. */
export function fieldError(id: string, message: string): TemplateResult {
  return html`<p class="error-text" id=${id} tabindex="-1">${icon("warn")} <span>${message}</span></p>`;
}
