/** A work as its readers see it: the text, and the files to open. */
import { html, nothing, type TemplateResult } from "lit";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { prose } from "../shared/peer-prose.ts";
import { formatBytes } from "../shared/sizes.ts";
import type { StoredFile } from "./types.ts";

export interface Work {
  readonly html: string;
  readonly files: readonly StoredFile[];
}

export function workBody(work: Work, katexUrl: string): TemplateResult {
  return html`${work.files.length ? fileLinks(work.files) : nothing}${
    work.html ? prose(work.html, katexUrl, "") : html`<p class="muted small">${_("There is no text beside the files.")}</p>`}`;
}

export function fileLinks(files: readonly StoredFile[]): TemplateResult {
  return html`<ul role="list" class="files" aria-label=${_("Files")}>${files.map((file) => html`<li>${icon("file")}
    <a href=${file.url} download=${file.name} dir="auto">${file.name}</a> <span class="muted">${formatBytes(file.size)}</span></li>`)}</ul>`;
}

/** "412 words, 2 files" */
export function describeWork(words: number, files: number): string {
  const text = ngettext("{n} word", "{n} words", words);
  if (files === 0) return text;
  const beside = ngettext("{n} file", "{n} files", files);
  return words === 0 ? beside : _("{words}, {files}", { words: text, files: beside });
}
