import { html, nothing, type TemplateResult } from "lit";
import { explain, Unanswered } from "./errors.ts";
import { _ } from "./i18n.ts";
import { icon } from "./icons.ts";
import { define, LightElement } from "./light-element.ts";
import type { PeerComposer } from "./peer-composer.ts";
import { formatBytes } from "./sizes.ts";
import { upload } from "./upload.ts";

const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const MOST_BYTES = 10 * 1024 * 1024;
const ALT_MAX = 300;

interface Stored {
  readonly id: string;
  readonly url: string;
}

interface Row {
  readonly file: File;
  readonly stop: AbortController;
  fraction: number;
  refusal: string;
  /** Whether sending it again may help. */
  again: boolean;
  stored: Stored | null;
  alt: string;
  /** Inserting was tried without saying what it shows. */
  asked: boolean;
}

/** Pictures on their way into a text: chosen, pasted or dropped, sent at once, inserted once somebody said what they show. */
export class PeerPictures extends LightElement {
  static override properties = { composer: { attribute: false }, rows: { state: true }, said: { state: true } };
  composer!: PeerComposer;
  rows: readonly Row[] = [];
  said = "";
  #listening = new AbortController();
  /** Held while it is open. */
  #chooser: HTMLInputElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.composer.addEventListener("paste", this.#onPaste, { signal });
    this.composer.addEventListener("dragover", this.#onDragOver, { signal });
    this.composer.addEventListener("drop", this.#onDrop, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.rows.forEach(({ stop }) => stop.abort());
    this.#chooser?.remove();
  }

  /** Pictures that are not in the text yet. */
  get waiting(): number {
    return this.rows.filter(({ refusal }) => !refusal).length;
  }

  choose(): void {
    const input = Object.assign(document.createElement("input"), { type: "file", multiple: true, accept: TYPES.join(",") });
    input.onchange = () => this.#add(input.files);
    this.#chooser = input;
    input.click();
  }

  protected override render(): TemplateResult {
    return html`${this.rows.length
      ? html`<ul role="list" class="pictures" aria-label=${_("Pictures to insert")}>${this.rows.map((row) => html`<li>${this.#row(row)}</li>`)}</ul>`
      : nothing}<span class="sr" role="status">${this.said}</span>`;
  }

  #row(row: Row): TemplateResult {
    const { name } = row.file;
    const remove = html`<button class="btn quiet icon s" type="button" aria-label=${_("Remove {name}", { name })}
      @click=${() => this.#remove(row)}>${icon("close")}</button>`;
    if (row.refusal) {
      return html`<span class="error-text">${icon("warn")} <span>${row.refusal}</span></span>${row.again
        ? html`<button class="btn s" type="button" @click=${() => void this.#send(row)}>${icon("refresh")} ${_("Try again")}</button>`
        : nothing}${remove}`;
    }
    if (!row.stored) {
      return html`${icon("image")} <span dir="auto">${name}</span> <progress max="1" .value=${row.fraction}
        aria-label=${_("Sending {name}", { name })}></progress>${remove}`;
    }
    return html`<img src=${row.stored.url} alt="">${this.#describing(row, row.stored)}${remove}`;
  }

  #describing(row: Row, stored: Stored): TemplateResult {
    const id = `alt-${stored.id}`;
    const onInput = (event: Event): void => {
      row.alt = (event.target as HTMLInputElement).value;
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.#insert(row, stored);
    };
    return html`<label class="picture-alt" for=${id}><span>${_("What the picture shows, for those who do not see it")}</span>
      <input type="text" class="input" id=${id} dir="auto" maxlength=${ALT_MAX} .value=${row.alt} aria-invalid=${row.asked || nothing}
        aria-describedby=${row.asked ? `${id}-error` : nothing} @input=${onInput} @keydown=${onKey}>${row.asked
        ? html`<span class="error-text" id="${id}-error">${icon("warn")} <span>${_("Say it in a few words, then insert the picture.")}</span></span>`
        : nothing}</label><button class="btn s" type="button" @click=${() => this.#insert(row, stored)}>${_("Insert the picture")}</button>`;
  }

  #insert(row: Row, { id, url }: Stored): void {
    const alt = row.alt.trim();
    if (!alt) {
      row.asked = true;
      this.requestUpdate();
      this.find(`#alt-${CSS.escape(id)}`)?.focus();
      return;
    }
    this.#forget(row);
    void this.composer.insert(`![${alt.replace(/[[\]\\]/g, "\\$&")}](${url})`);
  }

  #remove(row: Row): void {
    this.#forget(row);
    void this.composer.focusBody();
  }

  #forget(row: Row): void {
    row.stop.abort();
    this.rows = this.rows.filter((other) => other !== row);
  }

  /** A copied table has a picture of itself beside its text: then the text is meant. */
  #onPaste = (event: ClipboardEvent): void => {
    const data = event.clipboardData;
    if (!data?.files.length || data.types.includes("text/plain")) return;
    event.preventDefault();
    this.#add(data.files);
  };

  #onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };

  /** In a composer with a place for files, what is dropped there is not ours. */
  #onDrop = (event: DragEvent): void => {
    if (event.defaultPrevented || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.#add(event.dataTransfer.files);
  };

  #add(files: FileList | null): void {
    const added = [...(files ?? [])].map((file): Row => ({
      file, stop: new AbortController(), fraction: 0, refusal: refusalOf(file), again: false, stored: null, alt: "", asked: false,
    }));
    this.rows = [...this.rows.filter(({ refusal, again }) => !refusal || again), ...added];
    this.said = added.map(({ refusal }) => refusal).filter(Boolean).join(" ");
    for (const row of added) if (!row.refusal) void this.#send(row);
  }

  async #send(row: Row): Promise<void> {
    row.refusal = "";
    this.requestUpdate();
    const onProgress = (fraction: number): void => {
      row.fraction = fraction;
      this.requestUpdate();
    };
    try {
      const address = this.composer.host.api.addressOf("upload_picture");
      row.stored = await upload<Stored>(address, row.file, { signal: row.stop.signal, onProgress });
      this.said = _("{name} is here. Say what it shows, then insert it.", { name: row.file.name });
    } catch (error) {
      if (row.stop.signal.aborted) return;
      row.refusal = _("“{name}” was not added. {why}", { name: row.file.name, why: explain(error) });
      row.again = error instanceof Unanswered;
      this.said = row.refusal;
    }
    this.requestUpdate();
  }
}

/** Why a file cannot be a picture here; "" when it may. The server looks inside. */
function refusalOf({ name, type, size }: File): string {
  if (!TYPES.includes(type)) return _("“{name}” is no picture that is taken here: PNG, JPEG, GIF or WebP.", { name });
  if (size > MOST_BYTES) return _("“{name}” has {size}; at most {cap} fit.", { name, size: formatBytes(size), cap: formatBytes(MOST_BYTES) });
  return "";
}

define("peer-pictures", PeerPictures);
