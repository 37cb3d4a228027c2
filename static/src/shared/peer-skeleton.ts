import { html, nothing, type TemplateResult } from "lit";
import { _ } from "./i18n.ts";
import { define, LightElement } from "./light-element.ts";
import { retryButton } from "./notices.ts";

const SHOW_AFTER_MS = 200;
const SLOW_AFTER_MS = 8_000;
/** Two that follow one another are one wait to the reader. */
const SAME_WAIT_MS = 50;

type Stage = "silent" | "shown" | "slow";

/** The shape of what comes: nothing in the first 200 ms, "Still loading" with a retry after 8 s. */
export class PeerSkeleton extends LightElement {
  static override properties = {
    label: { attribute: false },
    count: { attribute: false },
    retry: { attribute: false },
    stage: { state: true },
  };
  label = "";
  count = 4;
  /** Null where nothing can be tried again before the first try ends. */
  retry: (() => void) | null = null;
  stage: Stage = "silent";
  static #lastShown = -Infinity;
  #timers: ReturnType<typeof setTimeout>[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.stage = performance.now() - PeerSkeleton.#lastShown < SAME_WAIT_MS ? "shown" : "silent";
    this.#timers = [
      setTimeout(() => (this.stage = "shown"), SHOW_AFTER_MS),
      setTimeout(() => (this.stage = "slow"), SLOW_AFTER_MS),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#timers.forEach(clearTimeout);
    if (this.stage !== "silent") PeerSkeleton.#lastShown = performance.now();
  }

  protected override render(): TemplateResult {
    return html`<div role="status">${this.stage === "silent" ? nothing : this.#bones()}</div>${
      this.stage === "slow"
        ? html`<p class="pager"><span>${_("Still loading…")}</span>${this.retry ? retryButton(this.retry) : nothing}</p>`
        : nothing}`;
  }

  #bones(): TemplateResult {
    const rows = Array.from({ length: this.count }, (_row, index) => index);
    return html`<span class="sr">${this.label}</span><div class="rows" aria-hidden="true">${rows.map((index) => html`<div class="row">
      <span class="bone round"></span><div class="stack tight"><span class="bone" style="inline-size: ${62 - 7 * (index % 3)}%"></span>
      <span class="bone thin" style="inline-size: ${34 + 5 * (index % 3)}%"></span></div></div>`)}</div>`;
  }
}

define("peer-skeleton", PeerSkeleton);
