import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { EMPTY_DRAFT, type Draft } from "../shared/drafts.ts";
import { Refused } from "../shared/errors.ts";
import { _, ngettext } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import type { ErrorOf, PeerComposer, Problem, Words } from "../shared/peer-composer.ts";
import "../shared/peer-composer.ts";
import type { Sending } from "../shared/sender.ts";
import { describeDeadline } from "../shared/time.ts";
import type { App } from "./app.ts";
import type { HandIn } from "./operations.ts";
import type { PeerFiles } from "./peer-files.ts";
import "./peer-files.ts";
import type { State, StoredFile, Submission } from "./types.ts";

/** The form of the own work: text, files, the pledge to review; `submission` is what it replaces. */
export class PeerSubmission extends LightElement {
  static override properties = {
    app: { attribute: false }, state: { attribute: false }, submission: { attribute: false },
    files: { state: true }, pledged: { state: true },
  };
  app!: App;
  state!: State;
  submission: Submission | null = null;
  files: readonly StoredFile[] = [];
  pledged = false;

  readonly #sending: Sending<State> = {
    create: (draft, key) => this.#submit(draft, key),
    amend: (state, draft) =>
      this.app.operations.submit(draft, crypto.randomUUID(), this.#handIn(state.mine.submission?.revision ?? 0)),
  };

  /** When the work was changed elsewhere meanwhile, the reader is told, and what they send next replaces that. */
  async #submit(draft: Draft, key: string): Promise<State> {
    try {
      return await this.app.operations.submit(draft, key, this.#handIn(this.submission?.revision ?? 0));
    } catch (error) {
      if (error instanceof Refused && error.code === "stale_edit") await this.app.reload();
      throw error;
    }
  }

  #handIn(revision: number): HandIn {
    return { files: this.files.map(({ id }) => id), revision, pledge: this.pledged };
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hasUpdated && changed.has("state")) {
      this.files = [...(this.submission?.files ?? []), ...this.state.mine.draft_files];
      this.pledged = this.state.mine.pledged;
    }
  }

  protected override render(): TemplateResult {
    const place = this.submission ? `work-${this.submission.id}` : "work";
    return html`<peer-composer .host=${this.app} .place=${place} .words=${() => this.#words()} .sending=${this.#sending}
      .below=${this.#below} .check=${this.#check} .fields=${["files", "pledge"]} .identity=${this.#readers} .cancellable=${this.submission !== null}
      .initial=${this.#initial()} @peer-cancel=${this.#forward} @peer-sent=${this.#forward}></peer-composer>`;
  }

  #initial(): Draft {
    return { ...EMPTY_DRAFT, kind: "work", body: this.submission?.source ?? "" };
  }

  #words(): Words {
    const send = this.submission ? _("Hand in the changes") : _("Hand in your work");
    return { label: _("Your work"), send, body: _("The text of your work"), hint: this.#hint() };
  }

  #hint(): string {
    return this.state.activity.text_required ? _("Write your work here, or paste it") : _("Anything that your reviewers should know beside the files");
  }

  #below = (_draft: Draft, errorOf: ErrorOf): unknown => {
    const { activity, mine } = this.state;
    return html`${activity.files.allowed ? html`<peer-files .operations=${this.app.operations} .rules=${activity.files} .files=${this.files}
      .error=${errorOf("files")} @peer-files=${this.#onFiles} @peer-removed=${this.#onRemoved}></peer-files>` : nothing}${
      mine.pledged ? nothing : this.#pledge(errorOf)}`;
  };

  #pledge(errorOf: ErrorOf): TemplateResult {
    const { to_give: n, reviews_due } = this.state.activity;
    const values = { date: reviews_due ? describeDeadline(new Date(reviews_due), new Date()) : "" };
    const promise = reviews_due
      ? ngettext("I will review the work of {n} other by {date}.", "I will review the work of {n} others by {date}.", n, values)
      : ngettext("I will review the work of {n} other.", "I will review the work of {n} others.", n);
    return html`<div class="pledge"><label class="check"><input type="checkbox" .checked=${this.pledged} aria-required="true" @change=${this.#onPledge}>
      <span>${promise}</span><span class="help">${_("Others promise the same: that is how your work finds its readers.")}</span></label>${errorOf("pledge")}</div>`;
  }

  #readers = (): unknown => {
    const { names, wanted } = this.state.activity;
    const hidden = ngettext("{n} person reads it, without your name", "{n} people read it, without your name", wanted);
    const shown = ngettext("{n} person reads it, with your name", "{n} people read it, with your name", wanted);
    return html`<span class="saved">${names === "nobody" ? hidden : shown}</span>`;
  };

  #check = (draft: Draft): Problem | null => {
    const { activity } = this.state;
    if (this.find<PeerFiles>("peer-files")?.pending) return { field: "files", message: _("A file is still on its way. Wait for it, or remove it.") };
    if (activity.text_required && !draft.body.trim()) return { field: "body", message: _("Write your work here first.") };
    if (!draft.body.trim() && this.files.length === 0) return { field: "files", message: _("Add at least one file.") };
    return this.pledged ? null : { field: "pledge", message: _("Tick this first. Without reviewers nobody’s work is read.") };
  };

  #onPledge = (event: Event): void => {
    this.pledged = (event.target as HTMLInputElement).checked;
    this.#composer?.requestUpdate();
  };

  #onFiles = (event: CustomEvent<readonly StoredFile[]>): void => {
    this.files = event.detail;
    this.#composer?.requestUpdate();
  };

  /** What was never handed in is forgotten at once; what was, only by handing in without it. */
  #onRemoved = (event: CustomEvent<StoredFile>): void => {
    const { id } = event.detail;
    if (!this.submission?.files.some((file) => file.id === id)) void this.app.operations.removeFile(id).catch(() => undefined);
  };

  get #composer(): PeerComposer<State> | undefined {
    return this.find<PeerComposer<State>>("peer-composer");
  }

  #forward = (event: CustomEvent): void => {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  };

  protected override firstUpdated(): void {
    if (this.submission) void this.#composer?.focusBody();
  }
}

define("peer-submission", PeerSubmission);
