/** A thread's tags as they are typed: one line, a comma between two. */
import { html, nothing, type TemplateResult } from "lit";
import { tagsOf, type Draft } from "../shared/drafts.ts";
import { _ } from "../shared/i18n.ts";

const MOST = 5;

interface TagField {
  /** The error of this field, as an element; nothing when it has none. */
  readonly error: unknown;
  change(tags: string): void;
}

export function tagField(draft: Draft, { error, change }: TagField): TemplateResult {
  const onInput = (event: Event): void => change((event.target as HTMLInputElement).value);
  const tooMany = tagsOf(draft).length > MOST;
  return html`<div class="tag-field"><label class="field"><span class="label">${_("Tags")}</span><input class="input s" dir="auto" maxlength="200"
    placeholder=${_("sample size, correlation")} .value=${draft.tags ?? ""} @input=${onInput}></label><p class="help">${
    tooMany ? _("Five tags at most.") : _("Up to five, with commas between them. They help others find it.")}</p>${error ?? nothing}</div>`;
}
