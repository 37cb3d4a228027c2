import { html, nothing, type TemplateResult } from "lit";
import { _ } from "./i18n.ts";
import { define, LightElement } from "./light-element.ts";
import { banner, retryButton } from "./notices.ts";
import { loadScript } from "./script.ts";

const SHOW_AFTER_MS = 200;

/**
 * A place for elements of a lazy script: `waiting` until it is there, an error with a retry when it does not come.
 * With the class "quiet" nobody waits for it: it says nothing of a failure, nor, without a `waiting`, before.
 */
export class PeerLazy extends LightElement {
  static override properties = {
    url: { attribute: false }, content: { attribute: false }, waiting: { attribute: false }, state: { state: true },
  };
  url = "";
  content: () => unknown = () => nothing;
  /** Null: a line of text, when it takes long. */
  waiting: (() => unknown) | null = null;
  state: "waiting" | "slow" | "ready" | "failed" = "waiting";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  /** True once the content is rendered. */
  async load(): Promise<boolean> {
    const timer = setTimeout(() => (this.state = "slow"), SHOW_AFTER_MS);
    try {
      await loadScript(this.url);
      this.state = "ready";
    } catch {
      this.state = "failed";
    } finally {
      clearTimeout(timer);
    }
    await this.updateComplete;
    return this.state === "ready";
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.state === "ready") return html`${this.content()}`;
    if (this.waiting && this.state !== "failed") return html`${this.waiting()}`;
    if (this.classList.contains("quiet")) return nothing;
    if (this.state === "slow") return html`<p class="muted small" role="status">${_("Loading…")}</p>`;
    if (this.state === "waiting") return nothing;
    return banner({
      tone: "danger", what: _("A part of this page did not load."), meaning: _("Nothing that you wrote is lost."),
      action: retryButton(() => void this.load()),
    });
  }
}

define("peer-lazy", PeerLazy);

export function lazy(
  url: string, content: () => unknown, style: "" | "quiet" = "", waiting: (() => unknown) | null = null,
): TemplateResult {
  return html`<peer-lazy class=${style} .url=${url} .content=${content} .waiting=${waiting}></peer-lazy>`;
}
