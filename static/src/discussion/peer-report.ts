import { html, nothing, type TemplateResult } from "lit";
import { explain, Refused } from "../shared/errors.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { failure, fieldError } from "../shared/notices.ts";
import "../shared/peer-dialog.ts";
import type { PeerDialog } from "../shared/peer-dialog.ts";
import "../shared/peer-skeleton.ts";
import { timeAgo } from "../shared/peer-time.ts";
import { nameOf } from "../shared/people.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Flags, FlagView, Post } from "./types.ts";

const WORDS_MAX = 500;

/** A report as it stands in the dialog. */
interface Begun {
  readonly reason: string;
  readonly words: string;
}

/** Report a post to the team, or take one's report back; the team reads here what was reported. */
export class PeerReport extends LightElement {
  static override properties = {
    view: { attribute: false }, post: { attribute: false }, flags: { state: true }, error: { state: true },
    reason: { state: true }, words: { state: true }, unchosen: { state: true }, refusal: { state: true }, isBusy: { state: true },
  };
  view!: ThreadView;
  post!: Post;
  flags: Flags | null = null;
  error: unknown = null;
  reason = "";
  words = "";
  /** Sent without a reason: it is asked for beside the reasons. */
  unchosen = false;
  refusal = "";
  isBusy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    const begun = this.view.app.drafts.read<Begun>(this.#place);
    if (begun) [this.reason, this.words] = [begun.reason, begun.words];
    void this.#load();
  }

  /** A report that was begun is kept as any text is: a click beside the dialog closes it. */
  get #place(): string {
    return `report-${this.post.id}`;
  }

  #write(part: Partial<Begun>): void {
    const { reason, words } = { reason: this.reason, words: this.words, ...part };
    [this.reason, this.words] = [reason, words];
    if (part.reason) this.unchosen = false;
    this.view.app.drafts.keep(this.#place, { reason, words }, Date.now());
  }

  async #load(): Promise<void> {
    this.error = null;
    try {
      this.flags = await this.view.app.operations.getFlags(this.post.id);
    } catch (error) {
      this.error = error;
    }
  }

  protected override render(): TemplateResult {
    const author = { name: nameOf(this.post.author) };
    const name = this.flags?.all.length ? _("Reports of {name}’s post", author) : _("Report {name}’s post", author);
    return html`<peer-dialog .name=${name} .level=${this.view.app.level + 1} .content=${this.#content()}
      @peer-close=${() => this.dispatchEvent(new CustomEvent("peer-close"))}></peer-dialog>`;
  }

  #content(): unknown {
    if (this.error) {
      const retry = (): void => void this.#load();
      return failure({ level: this.view.app.level + 2, title: _("The reports did not load"), error: this.error, retry });
    }
    const { flags } = this;
    if (!flags) return html`<peer-skeleton .label=${_("Loading the reports")} .count=${1}></peer-skeleton>`;
    return html`${flags.all.length ? html`<ul role="list" class="reports">${flags.all.map((flag) =>
      html`<li><strong dir="auto">${nameOf(flag.by)}</strong> ${said(flag)}</li>`)}</ul>` : nothing}${
      flags.mine ? this.#mine(flags.mine, flags.all.length > 0) : this.post.can.flag ? this.#form() : nothing}`;
  }

  #mine(flag: FlagView, isListed: boolean): TemplateResult {
    return html`<p>${_("You reported this post. The team was told.")}</p>${isListed ? nothing : html`<p>${said(flag)}</p>`}
      <div class="actions"><button class="btn" type="button" aria-busy=${this.isBusy || nothing}
        @click=${() => void this.#send(() => this.view.app.operations.withdrawFlag(this.post.id), _("Your report is withdrawn."))}>${
        _("Withdraw my report")}</button></div>`;
  }

  #form(): TemplateResult {
    return html`<form class="stack" @submit=${this.#onSubmit}>
      <p class="muted">${_("Only facilitators and the course team see your report, and that it is yours.")}</p>
      <fieldset class="field" aria-describedby=${this.unchosen ? "report-reason-error" : nothing}>
        <legend class="label">${_("What is wrong with it")}</legend><div class="reasons">${reasons().map(([value, label]) =>
        html`<label class="check"><input type="radio" name="reason" value=${value} .checked=${this.reason === value}
          @change=${() => this.#write({ reason: value })}> <span>${label}</span></label>`)}</div>
        ${this.unchosen ? fieldError("report-reason-error", _("Choose what is wrong with it.")) : nothing}</fieldset>
      <div class="field"><label class="label" for="report-words">${_("In your words, if you wish")}</label>
        <textarea class="input" id="report-words" rows="3" maxlength=${WORDS_MAX} dir="auto" .value=${this.words}
          @input=${(event: Event) => this.#write({ words: (event.target as HTMLTextAreaElement).value })}></textarea></div>
      ${this.refusal ? fieldError("report-error", this.refusal) : nothing}
      <div class="actions"><button class="btn primary" type="submit" aria-busy=${this.isBusy || nothing}>${
        icon("flag")} ${_("Send the report")}</button></div></form>`;
  }

  #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.unchosen = !this.reason;
    if (this.unchosen) {
      void this.focusOn("[name=reason]");
      return;
    }
    const call = (): Promise<Flags> => this.view.app.operations.flagPost(this.post.id, this.reason, this.words);
    void this.#send(call, _("Reported. The team will look at it."));
  };

  async #send(call: () => Promise<Flags>, message: string): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.refusal = "";
    try {
      const flags = await call();
      this.view.app.drafts.forget(this.#place);
      this.view.data.takeFlags(this.post, flags.count);
      this.view.notify(this.post.id, { message });
      this.find<PeerDialog>("peer-dialog")?.close();
    } catch (error) {
      await this.#refuse(error instanceof Refused ? error.message : explain(error));
    } finally {
      this.isBusy = false;
    }
  }

  async #refuse(why: string): Promise<void> {
    this.refusal = why;
    await this.updateComplete;
    await this.focusOn("#report-error");
  }
}

function reasons(): [string, string][] {
  return [
    ["spam", _("Advertising or spam")],
    ["abuse", _("It insults or harasses somebody")],
    ["privacy", _("It shows somebody’s personal data")],
    ["solution", _("It gives a graded solution away")],
    ["off_topic", _("It does not belong here")],
    ["other", _("Something else")],
  ];
}

function said({ reason, words, at }: FlagView): TemplateResult {
  const label = reasons().find(([value]) => value === reason)?.[1] ?? reason;
  return html`${label}${words ? html`: <q dir="auto">${words}</q>` : nothing} <span class="muted">${timeAgo(at)}</span>`;
}

define("peer-report", PeerReport);
