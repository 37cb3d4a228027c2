/** The filters that are typed: who began them, with which tag, between which days. */
import { html, type TemplateResult } from "lit";
import { _ } from "../../shared/i18n.ts";
import type { Filters } from "./filters.ts";

type Change = (changes: Partial<Filters>, typing: boolean) => void;
type Name = "author" | "tag" | "since" | "until";

export function filterFields(filters: Filters, change: Change): TemplateResult {
  const field = (name: Name, label: string, type: "text" | "date"): TemplateResult => {
    const onInput = (event: Event): void => change({ [name]: (event.target as HTMLInputElement).value }, type === "text");
    return html`<label class="field"><span class="label">${label}</span><input class="input s" type=${type} maxlength="60"
      dir=${type === "text" ? "auto" : "ltr"} .value=${filters[name]} @input=${onInput}></label>`;
  };
  return html`<div class="filters" role="group" aria-label=${_("More filters")}>${field("author", _("Begun by"), "text")}${
    field("tag", _("Tag"), "text")}${field("since", _("Begun on or after"), "date")}${field("until", _("Begun on or before"), "date")}</div>`;
}
