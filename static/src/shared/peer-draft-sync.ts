import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { fromRemote, isSame, nextStep, toRequest, type Remote } from "./draft-line.ts";
import { type Draft } from "./drafts.ts";
import { Refused } from "./errors.ts";
import { _ } from "./i18n.ts";
import { define, LightElement } from "./light-element.ts";
import { banner } from "./notices.ts";
import type { PeerComposer } from "./peer-composer.ts";
import { describeTime } from "./time.ts";

/** A pause in writing, and the longest that one may write without any. */
const PAUSE_MS = 1_500;
const WITHOUT_PAUSE_MS = 10_000;

/** Brings the draft of a composer to the person's other devices and theirs here; asks where both have changed. */
export class PeerDraftSync extends LightElement {
  static override properties = { composer: { attribute: false }, place: { attribute: false }, other: { state: true } };
  composer!: PeerComposer;
  place = "";
  /** What another device has, while the person has not chosen. */
  other: Remote | null = null;
  #working: Promise<void> = Promise.resolve();
  #sent: Draft | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  #listening = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.composer.addEventListener("peer-kept", this.#onKept, { signal });
    document.addEventListener("visibilitychange", this.#onVisibility, { signal });
    window.addEventListener("online", this.#onKept, { signal });
    window.addEventListener("pagehide", () => void this.#push(true), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#queue(() => this.#push());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("place")) return;
    this.other = null;
    this.#queue(() => this.#pull());
  }

  protected override render(): TemplateResult {
    const { other } = this;
    return html`<span class="sr" role="status">${other ? this.#what(other) : ""}</span>${other ? this.#choice(other) : nothing}`;
  }

  #what(other: Remote): string {
    const time = other.saved_at ? describeTime(new Date(other.saved_at), new Date()) : "";
    return textOf(other) ? _("You wrote another version of this text on another device, {time}.", { time })
      : _("You sent or deleted this text on another device, {time}.", { time });
  }

  #choice(other: Remote): TemplateResult {
    const text = textOf(other);
    const action = html`<span class="actions"><button class="btn s" type="button" @click=${this.#keepMine}>${
      _("Keep the text below")}</button><button class="btn s" type="button" @click=${this.#takeTheirs}>${
      text ? _("Take the other version") : _("Delete the text below")}</button></span>`;
    return html`<section class="conflict composer-other" aria-label=${_("Other version")}>${
      banner({ tone: "warning", what: this.#what(other), meaning: _("Nothing is lost: choose which one to go on with."), action })}${
      text ? html`<p class="newer" tabindex="0" role="group" dir="auto" aria-label=${_("Other version")}>${text}</p>` : nothing}</section>`;
  }

  #onKept = (): void => {
    const { drafts } = this.composer.host;
    if (drafts.read<object>(`gone-${this.place}`)) return this.#queue(() => this.#push());
    const now = Date.now();
    if (this.#timer === undefined) this.#since = now;
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(PAUSE_MS, this.#since + WITHOUT_PAUSE_MS - now));
    this.#timer = setTimeout(() => this.#queue(() => this.#push()), wait);
  };

  #onVisibility = (): void => {
    if (document.visibilityState === "hidden") this.#queue(() => this.#push(true));
    else this.#queue(() => this.#pull());
  };

  /** One call at a time. What fails is tried again at the next pause: this device has it. */
  #queue(work: () => Promise<void>): void {
    this.#working = this.#working.then(work).catch(() => this.composer.noteSynced(false));
  }

  async #pull(): Promise<void> {
    await this.#forgetSent();
    const remote = await this.#call("get_draft", {});
    await this.#act(remote);
  }

  async #act(remote: Remote): Promise<void> {
    const { composer } = this;
    if (!composer.isFree) return;
    const step = nextStep(remote, { ...composer.synced, draft: composer.draft, isUntouched: composer.isUntouched });
    this.other = step === "choose" ? remote : null;
    if (this.other) composer.noteSynced(false);
    if (step === "take" && remote.draft) composer.take(fromRemote(remote.draft), remote.revision);
    else if (step === "clear") composer.take(null, remote.revision);
    else if (step === "settle") composer.settle(remote.revision, true);
    else if (step === "save") {
      composer.settle(remote.revision, false);
      await this.#push();
    }
  }

  async #push(keepalive = false): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#forgetSent();
    const { composer } = this;
    if (this.other || !composer.isFree || composer.isUntouched || composer.synced.isClean) return;
    const { draft, synced } = composer;
    this.#sent = draft;
    try {
      const saved = await this.#call("save_draft", { base: synced.base, ...toRequest(draft) }, keepalive);
      composer.settle(saved.revision, isSame(composer.draft, draft));
      if (!isSame(composer.draft, draft)) this.#onKept();
    } catch (error) {
      await this.#meet(error);
    }
  }

  /** Another device was first; or it was this one, and the answer was lost. */
  async #meet(error: unknown): Promise<void> {
    if (!(error instanceof Refused) || error.code !== "stale_draft") throw error;
    const current = error.details.current as Remote;
    const isOurs = this.#sent && current.draft && isSame(fromRemote(current.draft), this.#sent);
    if (!isOurs) return this.#act(current);
    this.composer.settle(current.revision, false);
    await this.#push();
  }

  /** Until the server knows that a text was sent, it would come back from there. */
  async #forgetSent(): Promise<void> {
    const { drafts } = this.composer.host;
    const gone = drafts.read<{ base: number }>(`gone-${this.place}`);
    if (!gone) return;
    const { revision } = await this.#call("forget_draft", { base: gone.base });
    drafts.forget(`gone-${this.place}`);
    this.composer.settle(revision, this.composer.synced.isClean);
  }

  #call(operation: string, fields: object, keepalive = false): Promise<Remote> {
    return this.composer.host.api.call<Remote>(operation, { place: this.place, ...fields }, { keepalive });
  }

  #keepMine = (): void => {
    const base = this.other?.revision ?? 0;
    this.other = null;
    this.composer.settle(base, false);
    this.#queue(() => this.#push());
    void this.composer.focusBody();
  };

  #takeTheirs = (): void => {
    const { other } = this;
    this.other = null;
    if (other) this.composer.take(other.draft && fromRemote(other.draft), other.revision);
    void this.composer.focusBody();
  };
}

function textOf({ draft }: Remote): string {
  return draft?.body.trim() || draft?.title.trim() || "";
}

define("peer-draft-sync", PeerDraftSync);
