/** A work as its readers see it: the text, and the files to open. */
import { html, nothing, type TemplateResult } from "lit";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { prose } from "../shared/peer-prose.ts";
import { formatBytes } from "../shared/sizes.ts";
import type { App } from "./app.ts";
import type { Operations } from "./operations.ts";
import type { StoredFile } from "./types.ts";

export interface Work {
  readonly html: string;
  readonly files: readonly StoredFile[];
}

export function workBody(work: Work, app: App): TemplateResult {
  return html`${work.files.length ? fileLinks(work.files, app.operations) : nothing}${
    work.html ? prose(work.html, app.katexUrl, "") : html`<p class="muted small">${_("There is no text beside the files.")}</p>`}`;
}

function fileLinks(files: readonly StoredFile[], operations: Operations): TemplateResult {
  return html`<ul role="list" class="files" aria-label=${_("Files")}>${files.map((file) => html`<li>${icon("file")}
    <a href=${operations.addressOf(file)} download=${file.name} dir="auto">${file.name}</a> <span class="muted">${formatBytes(file.size)}</span></li>`)}</ul>`;
}

/** "412 words, 2 files" */
export function describeWork(words: number, files: number): string {
  const text = ngettext("{n} word", "{n} words", words);
  if (files === 0) return text;
  const beside = ngettext("{n} file", "{n} files", files);
  return words === 0 ? beside : _("{words}, {files}", { words: text, files: beside });
}
