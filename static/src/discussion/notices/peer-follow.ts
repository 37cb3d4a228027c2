import { html, type PropertyValues, type TemplateResult } from "lit";
import { _ } from "../../shared/i18n.ts";
import { icon } from "../../shared/icons.ts";
import { define, LightElement } from "../../shared/light-element.ts";
import type { App } from "../app.ts";
import type { Thread } from "../types.ts";
import { NoticeOperations } from "./operations.ts";

/** Whether one hears of what is new in a thread; at once, and taken back where the server does not answer. */
export class PeerFollow extends LightElement {
  static override properties = { app: { attribute: false }, thread: { attribute: false }, follows: { state: true }, failed: { state: true } };
  app!: App;
  thread!: Thread;
  follows = false;
  failed = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const former = changed.get("thread");
    if (changed.has("thread") && former?.id !== this.thread.id) this.follows = this.thread.follows ?? false;
  }

  protected override render(): TemplateResult {
    return html`<button class="btn s" type="button" aria-pressed=${this.follows} @click=${() => void this.toggle()}>${icon("bell")} ${
      this.follows ? _("Following this thread") : _("Follow this thread")}</button><span class="sr" role="status">${
      this.failed ? _("This was not saved. Try again.") : ""}</span>`;
  }

  async toggle(): Promise<void> {
    const on = !this.follows;
    this.follows = on;
    try {
      await new NoticeOperations(this.app.api).followThread(this.thread.id, on);
      this.failed = false;
    } catch {
      this.follows = !on;
      this.failed = true;
    }
  }
}

define("peer-follow", PeerFollow);
