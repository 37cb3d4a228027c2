import { html, type TemplateResult } from "lit";
import { define, LightElement } from "./light-element.ts";
import { describeTime, fullTime } from "./time.ts";

const REFRESH_MS = 60_000;
const shown = new Set<PeerTime>();
let timer: ReturnType<typeof setInterval> | undefined;

/** `<peer-time .moment="2026-11-24T08:20:00Z">`: says how long ago, and keeps saying it right. */
export class PeerTime extends LightElement {
  static override properties = { moment: { attribute: false } };
  moment = "";

  override connectedCallback(): void {
    super.connectedCallback();
    shown.add(this);
    timer ??= setInterval(() => shown.forEach((element) => element.requestUpdate()), REFRESH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    shown.delete(this);
    if (shown.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  protected override render(): TemplateResult {
    const moment = new Date(this.moment);
    return html`<time datetime=${this.moment} title=${fullTime(moment)}>${describeTime(moment, new Date())}</time>`;
  }
}

define("peer-time", PeerTime);

export function timeAgo(moment: string): TemplateResult {
  return html`<peer-time .moment=${moment}></peer-time>`;
}
