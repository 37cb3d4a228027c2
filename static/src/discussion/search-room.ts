/** What stands where the search will be: as wide and as high, so that nothing moves once it is there. */
import { html, nothing, type TemplateResult } from "lit";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";

export function searchRoom(sorting: unknown = nothing): TemplateResult {
  const names = [_("Unanswered"), _("Questions"), _("Discussions"), _("Mine"), html`${_("More filters")} ${icon("down")}`];
  return html`<div class="stack tight"><div class="toolbar"><span class="search"><input class="input s" disabled
    aria-label=${_("Search threads")}></span>${sorting}</div><div class="chips">${names.map((name) => html`
    <button class="chip" type="button" disabled>${name}</button>`)}</div></div>`;
}
