import { html, nothing, type TemplateResult } from "lit";
import { explain, Unanswered } from "../shared/errors.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { formatBytes } from "../shared/sizes.ts";
import { describeRules, refusalOf } from "./files.ts";
import type { Operations } from "./operations.ts";
import type { FileRules, StoredFile } from "./types.ts";
import { upload } from "../shared/upload.ts";

interface Upload {
  readonly file: File;
  readonly stop: AbortController;
  fraction: number;
  /** Why it did not come through; "" while it is on its way. */
  refusal: string;
  /** Whether sending it again may help. */
  again: boolean;
}

/** The files of a work: chosen by a button or dropped, sent at once, each with its progress or its refusal. */
export class PeerFiles extends LightElement {
  static override properties = {
    operations: { attribute: false }, rules: { attribute: false }, files: { attribute: false },
    error: { attribute: false }, uploads: { state: true }, hovered: { state: true }, said: { state: true },
  };
  operations!: Operations;
  rules!: FileRules;
  files: readonly StoredFile[] = [];
  /** An error of the whole field, as an element. */
  error: unknown = nothing;
  uploads: readonly Upload[] = [];
  hovered = false;
  /** For those who do not see the list. */
  said = "";

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.uploads.forEach(({ stop }) => stop.abort());
  }

  /** Files on their way. */
  get pending(): number {
    return this.uploads.filter(({ refusal }) => !refusal).length;
  }

  protected override render(): TemplateResult {
    return html`<div class="dropzone ${this.hovered ? "over" : ""}" role="group" aria-label=${_("Files")} @dragover=${this.#over} @dragleave=${this.#out} @drop=${this.#drop}>
      ${this.files.length + this.uploads.length ? html`<ul role="list" class="files">${this.files.map((file) => this.#stored(file))}${
        this.uploads.map((upload) => this.#row(upload))}</ul>` : nothing}
      <p class="cluster"><button class="btn s" type="button" @click=${() => this.find("input")?.click()}>${icon("plus")} ${_("Add files")}</button>
        <span class="help">${_("or drop them here.")} ${describeRules(this.rules)}</span></p>
      <input type="file" hidden multiple accept=${this.rules.types.join(",")} @change=${this.#chosen}>
      ${this.error}<span class="sr" role="status">${this.said}</span></div>`;
  }

  #stored(file: StoredFile): TemplateResult {
    return html`<li>${icon("file")} <a href=${this.operations.addressOf(file)} download=${file.name} dir="auto">${file.name}</a>
      <span class="muted">${formatBytes(file.size)}</span>${this.#removeButton(file.name, () => this.#remove(file))}</li>`;
  }

  #row(upload: Upload): TemplateResult {
    const { file, refusal, fraction, again } = upload;
    if (refusal) {
      return html`<li class="refused"><span class="error-text">${icon("warn")} <span>${refusal}</span></span>${again
        ? html`<button class="btn s" type="button" @click=${() => void this.#send(upload)}>${icon("refresh")} ${_("Try again")}</button>` : nothing}${
        this.#removeButton(file.name, () => this.#forget(upload))}</li>`;
    }
    return html`<li>${icon("file")} <span dir="auto">${file.name}</span>
      <progress max="1" .value=${fraction} aria-label=${_("Sending {name}", { name: file.name })}></progress>${
      this.#removeButton(file.name, () => this.#forget(upload))}</li>`;
  }

  #removeButton(name: string, act: () => void): TemplateResult {
    return html`<button class="btn quiet icon s" type="button" aria-label=${_("Remove {name}", { name })} @click=${act}>${icon("close")}</button>`;
  }

  #over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.hovered = true;
  };

  #out = (): void => {
    this.hovered = false;
  };

  #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.hovered = false;
    this.#add([...(event.dataTransfer?.files ?? [])]);
  };

  #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#add([...(input.files ?? [])]);
    input.value = "";
  };

  #add(files: readonly File[]): void {
    const kept = this.uploads.filter(({ refusal }) => !refusal);
    let count = this.files.length + kept.length;
    const added = files.map((file): Upload => {
      const refusal = refusalOf(file, this.rules, count);
      if (!refusal) count += 1;
      return { file, stop: new AbortController(), fraction: 0, refusal, again: false };
    });
    this.uploads = [...kept, ...added];
    this.said = added.map(({ refusal }) => refusal).filter(Boolean).join(" ");
    for (const upload of added) if (!upload.refusal) void this.#send(upload);
  }

  async #send(row: Upload): Promise<void> {
    row.refusal = "";
    this.requestUpdate();
    const onProgress = (fraction: number): void => {
      row.fraction = fraction;
      this.requestUpdate();
    };
    try {
      const address = this.operations.uploadAddress(row.file.name);
      const stored = await upload<StoredFile>(address, row.file, { signal: row.stop.signal, onProgress });
      this.#forget(row);
      this.#change([...this.files, stored]);
      this.said = _("{name} is added.", { name: stored.name });
    } catch (error) {
      if (row.stop.signal.aborted) return;
      row.refusal = _("“{name}” was not added. {why}", { name: row.file.name, why: explain(error) });
      row.again = error instanceof Unanswered;
      this.said = row.refusal;
      this.requestUpdate();
    }
  }

  /** Take a row away that is no file yet. */
  #forget(upload: Upload): void {
    upload.stop.abort();
    this.uploads = this.uploads.filter((other) => other !== upload);
  }

  #remove(file: StoredFile): void {
    this.#change(this.files.filter((other) => other !== file));
    this.said = _("{name} is removed.", { name: file.name });
    void this.focusOn(".btn:not(.icon)");
    this.dispatchEvent(new CustomEvent<StoredFile>("peer-removed", { detail: file }));
  }

  #change(files: readonly StoredFile[]): void {
    this.files = files;
    this.dispatchEvent(new CustomEvent<readonly StoredFile[]>("peer-files", { detail: files }));
  }
}

define("peer-files", PeerFiles);
