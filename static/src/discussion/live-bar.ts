import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { LightElement } from "../shared/light-element.ts";
import { Pulse } from "./pulse.ts";

const FIRST_MS = 8_000;

export interface News {
  /** Seconds until the next look; 0 for never. */
  readonly interval_s: number;
  readonly found: boolean;
}

/**
 * A quiet line that says what came, and shows it when asked: nothing is put in by itself under who reads or types.
 * It looks only while the page is seen and its own place in it is open.
 */
export abstract class LiveBar extends LightElement {
  static override properties: PropertyDeclarations = { busy: { state: true }, failed: { state: true } };
  busy = false;
  failed = false;
  readonly #pulse = new Pulse(FIRST_MS);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  #listening = new AbortController();

  /** Ask the server; keep what was found for `label` and `show`. */
  protected abstract look(): Promise<News>;

  /** What came, in words; "" when nothing did. */
  protected abstract get label(): string;

  /** Put what came on the page, and the focus on the first of it. */
  protected abstract show(): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener("visibilitychange", () => this.#onVisibility(), { signal });
    for (const name of ["pointerdown", "keydown"]) {
      this.getRootNode().addEventListener(name, () => this.#pulse.quicken(), { signal, passive: true });
    }
    this.#wait();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    clearTimeout(this.#timer);
  }

  #onVisibility(): void {
    clearTimeout(this.#timer);
    this.#pulse.quicken();
    if (this.#pulse.delay !== null) void this.#tick();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const { delay } = this.#pulse;
    if (delay !== null && this.isConnected) this.#timer = setTimeout(() => void this.#tick(), delay);
  }

  async #tick(): Promise<void> {
    if (document.visibilityState !== "visible" || this.#looking) return;
    if (!this.closest("[hidden]") && navigator.onLine) await this.#look();
    this.#wait();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    try {
      const { interval_s, found } = await this.look();
      this.#pulse.answered(interval_s * 1000, found);
      this.requestUpdate();
    } catch {
      this.#pulse.failed();
    }
    this.#looking = false;
  }

  async #show(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failed = false;
    try {
      await this.show();
    } catch {
      this.failed = true;
    }
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const { label } = this;
    return html`<div class="live" role="status">${label ? html`<button class="newbar" type="button"
      aria-busy=${this.busy || nothing} @click=${this.#show}>${icon("refresh")} ${
      this.failed ? _("They did not load. Try again") : label}</button>` : nothing}</div>`;
  }
}
