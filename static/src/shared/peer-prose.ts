import type { TemplateResult } from "lit";
import { html } from "lit";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { _ } from "./i18n.ts";
import { define, LightElement } from "./light-element.ts";
import { typeset } from "./math.ts";

/** What a person wrote: HTML that the server sanitised, made reachable by keyboard where it scrolls. */
export class PeerProse extends LightElement {
  static override properties = { content: { attribute: false }, katexUrl: { attribute: false } };
  content = "";
  katexUrl = "";

  protected override render(): TemplateResult {
    return html`${unsafeHTML(this.content)}`;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (!changed.has("content")) return;
    this.querySelectorAll("pre").forEach((pre) => makeScroller(pre, codeLabel(pre)));
    this.querySelectorAll(".math.display").forEach((formula) => makeScroller(formula, _("Formula")));
    this.querySelectorAll("table").forEach(wrapTable);
    void typeset(this, this.katexUrl);
  }
}

function makeScroller(element: Element, label: string): void {
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", label);
}

function codeLabel(pre: Element): string {
  const language = /\blanguage-(\S+)/.exec(pre.querySelector("code")?.className ?? "")?.[1];
  return language ? _("Code, {language}", { language }) : _("Code");
}

function wrapTable(table: Element): void {
  if (table.parentElement?.classList.contains("scroll-x")) return;
  const box = document.createElement("div");
  box.className = "scroll-x";
  makeScroller(box, _("Table"));
  table.replaceWith(box);
  box.append(table);
}

define("peer-prose", PeerProse);

/** `style` adds classes; `lang` stays the page's, direction follows the text. */
export function prose(content: string, katexUrl: string, style = "post-body"): TemplateResult {
  return html`<peer-prose class="prose ${style}" dir="auto" .content=${content} .katexUrl=${katexUrl}></peer-prose>`;
}
