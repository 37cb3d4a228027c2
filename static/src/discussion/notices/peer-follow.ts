import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { _ } from "../../shared/i18n.ts";
import { icon } from "../../shared/icons.ts";
import { define, LightElement } from "../../shared/light-element.ts";
import type { App } from "../app.ts";
import type { Thread } from "../types.ts";
import { NoticeOperations } from "./operations.ts";

/** Whether one hears of what is new in a thread; at once, and taken back, in words, where the server does not answer. */
export class PeerFollow extends LightElement {
  static override properties = { app: { attribute: false }, thread: { attribute: false }, follows: { state: true }, failed: { state: true } };
  app!: App;
  thread!: Thread;
  follows = false;
  failed = false;
  /** Whether a choice is on its way. */
  #isTelling = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const former = changed.get("thread");
    const isOther = former?.id !== this.thread.id || former.follows !== this.thread.follows;
    if (changed.has("thread") && isOther) this.follows = this.thread.follows ?? false;
  }

  protected override render(): TemplateResult {
    return html`<button class="btn s" type="button" aria-pressed=${this.follows} @click=${() => void this.toggle()}>${icon("bell")} ${
      this.follows ? _("Following this thread") : _("Follow this thread")}</button><span role="status">${this.failed
      ? html`<span class="error-text">${icon("warn")} <span>${_("This was not saved. Try again.")}</span></span>` : nothing}</span>`;
  }

  async toggle(): Promise<void> {
    const kept = this.follows;
    this.follows = !kept;
    if (this.#isTelling) return;
    this.#isTelling = true;
    await this.#tell(kept);
    this.#isTelling = false;
  }

  /** Until the server, which has `kept`, has what was chosen last: two choices on their way could overtake each other. */
  async #tell(kept: boolean): Promise<void> {
    const { id } = this.thread;
    this.failed = false;
    try {
      while (this.thread.id === id && this.follows !== kept) {
        const on = this.follows;
        await new NoticeOperations(this.app.api).followThread(id, on);
        kept = on;
      }
    } catch {
      if (this.thread.id === id) [this.follows, this.failed] = [kept, true];
    }
  }
}

define("peer-follow", PeerFollow);
