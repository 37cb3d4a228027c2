import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { explain, Refused } from "../shared/errors.ts";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { banner, fieldError } from "../shared/notices.ts";
import type { App } from "./app.ts";
import { evidenceList } from "./card.ts";
import "./peer-skill-picker.ts";
import { isSame, limitOf, profileFields } from "./profile.ts";
import type { Directory, MyProfile, ProfileFields, Skill } from "./types.ts";
import { languageName } from "./words.ts";

const PLACE = "own-card";
const FIELDS = ["is_listed", "about", "languages", "skills", "weekly_limit", "away_until"];

interface Kept extends ProfileFields {
  readonly revision: number;
}

/** The reader's own card: whether it is shown, what it says, how many questions it takes. */
export class PeerOwnCard extends LightElement {
  static override properties = {
    app: { attribute: false }, directory: { attribute: false }, fields: { state: true }, problem: { state: true }, busy: { state: true },
    kept: { state: true },
  };
  app!: App;
  directory!: Directory;
  fields!: ProfileFields;
  problem: { readonly field: string; readonly message: string } | null = null;
  busy = false;
  kept = false;
  #revision = 0;

  protected override willUpdate(changed: PropertyValues): void {
    if (this.hasUpdated || !changed.has("directory")) return;
    const { me } = this.directory;
    const draft = this.app.drafts.read<Kept>(PLACE);
    this.kept = draft?.revision === me.revision;
    this.fields = this.kept && draft ? profileFields(draft) : profileFields(me);
    this.#revision = me.revision;
  }

  protected override firstUpdated(): void {
    void this.focusOn(".view-title");
  }

  protected override render(): TemplateResult {
    return html`<form class="stack loose" novalidate @submit=${this.#onSubmit}><div class="stack tight"><div>
        <button class="btn quiet s outdent" type="button" @click=${this.#back}>${icon("back", "flip")} ${_("All people")}</button></div>
        ${heading(this.app.level, _("Your own card"), { style: "h-block view-title", focusable: true })}</div>
      <div>${this.#listing()}${this.#what()}${this.#when()}${this.#proof()}</div>
      <div class="stack tight">${this.problem && !FIELDS.includes(this.problem.field)
        ? banner({ tone: "danger", what: _("Your card is not saved."), meaning: this.problem.message }) : nothing}${this.#savebar()}</div></form>`;
  }

  #listing(): TemplateResult {
    const { is_listed } = this.fields;
    return html`<label class="option switch"><input type="checkbox" .checked=${is_listed} @change=${(event: Event) => this.#change({ is_listed: isChecked(event) })}>
      <b>${_("Show my card in this course")}</b><span class="badge ${is_listed ? "success" : ""}">${is_listed ? _("visible") : _("hidden")}</span>
      <span class="desc">${_("People of this course can then find you and put questions to you. Switched off, your card is gone at once.")}</span></label>`;
  }

  #what(): TemplateResult {
    const { about, languages, skills } = this.fields;
    const offered = [...new Set([...this.directory.directory.languages, ...languages])];
    const toggle = (code: string) => (event: Event): void =>
      this.#change({ languages: isChecked(event) ? [...languages, code] : languages.filter((other) => other !== code) });
    return html`<section class="form-section" aria-labelledby="card-what">${this.#aside("card-what", _("What you know"), _("Declared skills find you before you have answered anything."))}<div class="stack">
      <div class="field"><label class="label" for="skill-text">${_("Skills")}</label><peer-skill-picker .operations=${this.app.operations} .skills=${skills}
        .invalid=${this.#errorId("skills")} @peer-skills=${(event: CustomEvent<readonly Skill[]>) => this.#change({ skills: event.detail })}></peer-skill-picker>
        <p class="help" id="skill-help">${_("Choose from the list; each has the same meaning in every language.")}</p>${this.#error("skills")}</div>
      <div class="field"><label class="label" for="card-about">${_("About you")}</label><textarea class="input s" id="card-about" rows="3" dir="auto" .value=${about}
        aria-invalid=${this.#errorId("about") ? "true" : nothing} aria-describedby=${this.#errorId("about") || "about-help"} @input=${(event: Event) => this.#change({ about: valueOf(event) })}></textarea>
        <p class="help" id="about-help">${_("What you like to be asked about. Markdown works.")}</p>${this.#error("about")}</div>
      ${offered.length ? html`<fieldset class="field" aria-describedby=${this.#errorId("languages") || nothing}><legend class="label">${_("Languages in which you answer")}</legend>
        <div class="cluster wide">${offered.map((code) => html`<label class="check"><input type="checkbox" .checked=${languages.includes(code)} @change=${toggle(code)}><span lang=${code}>${
          languageName(code)}</span></label>`)}</div>${this.#error("languages")}</fieldset>` : nothing}</div></section>`;
  }

  #when(): TemplateResult {
    const { weekly_limit, away_until } = this.fields;
    return html`<section class="form-section" aria-labelledby="card-when">${this.#aside("card-when", _("When you answer"), _("Others see when you are free again. You can pass on any question."))}<div class="two">
      <div class="field"><label class="label" for="card-limit">${_("Questions a week, at most")} <span class="muted">${_("(optional)")}</span></label>
        <input class="input s" id="card-limit" inputmode="numeric" .value=${weekly_limit === null ? "" : String(weekly_limit)} aria-invalid=${this.#errorId("weekly_limit") ? "true" : nothing}
        aria-describedby=${this.#errorId("weekly_limit") || nothing} @change=${this.#onLimit}>${this.#error("weekly_limit")}</div>
      <div class="field"><label class="label" for="card-away">${_("Away, back on")} <span class="muted">${_("(optional)")}</span></label>
        <input class="input s" id="card-away" type="date" .value=${away_until ?? ""} aria-invalid=${this.#errorId("away_until") ? "true" : nothing}
        aria-describedby=${this.#errorId("away_until") || nothing} @change=${(event: Event) => this.#change({ away_until: valueOf(event) || null })}>${this.#error("away_until")}</div></div></section>`;
  }

  #proof(): TemplateResult {
    const { evidence } = this.directory.me;
    return html`<section class="form-section" aria-labelledby="card-proof">${this.#aside("card-proof", _("What proves it"), _("Only what you wrote under your name, and only to those who may read it."))}${evidence.length
      ? evidenceList(evidence) : html`<p class="small muted">${_("Nothing yet. An answer that is accepted, endorsed or voted for appears here by itself.")}</p>`}</section>`;
  }

  #aside(id: string, title: string, help: string): TemplateResult {
    return html`<div class="stack tight">${heading(this.app.level + 1, title, { style: "h-section", id })}<p class="help">${help}</p></div>`;
  }

  #savebar(): TemplateResult {
    const isChanged = !isSame(this.fields, this.directory.me);
    return html`<div class="savebar"><span class="saved" role="status">${isChanged ? (this.kept ? _("Not saved yet, kept on this device") : _("Not saved yet")) : _("Nothing to save")}</span>
      <span class="actions push"><button class="btn quiet" type="button" @click=${this.#back}>${_("Cancel")}</button>
      <button class="btn primary" type="submit" aria-busy=${this.busy || nothing}>${this.busy ? html`<span class="spinner"></span>` : nothing} ${_("Save my card")}</button></span></div>`;
  }

  #errorId(field: string): string {
    return this.problem?.field === field ? `card-error-${field}` : "";
  }

  #error(field: string): unknown {
    return this.problem?.field === field ? fieldError(this.#errorId(field), this.problem.message) : nothing;
  }

  #change(part: Partial<ProfileFields>): void {
    this.fields = { ...this.fields, ...part };
    if (isSame(this.fields, this.directory.me)) this.#forget();
    else this.kept = this.app.drafts.keep<Kept>(PLACE, { ...this.fields, revision: this.#revision }, Date.now());
  }

  #forget(): void {
    this.app.drafts.forget(PLACE);
    this.kept = false;
  }

  #onLimit = (event: Event): void => {
    const limit = limitOf(valueOf(event));
    if (limit === undefined) {
      this.problem = { field: "weekly_limit", message: _("Write a whole number from 1, or nothing for no limit.") };
      return;
    }
    if (this.problem?.field === "weekly_limit") this.problem = null;
    this.#change({ weekly_limit: limit });
  };

  #back = (): void => {
    this.app.go({ view: "people", filters: this.app.route.filters });
  };

  #onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  async #save(): Promise<void> {
    if (this.busy) return;
    if (this.problem?.field === "weekly_limit") return this.#show(this.problem);
    this.busy = true;
    this.problem = null;
    try {
      const me = await this.app.operations.saveProfile(this.fields, this.#revision);
      this.#forget();
      this.app.keepProfile(me);
      this.#back();
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.busy = false;
    }
  }

  async #failed(error: unknown): Promise<void> {
    const current = error instanceof Refused && error.code === "stale_edit" ? (error.details.current as MyProfile | undefined) : undefined;
    if (current) this.#revision = current.revision;
    const advice = current ? _("Save again to keep what stands here.") : _("What you wrote is still here.");
    const field = error instanceof Refused && FIELDS.includes(error.field) ? error.field : "";
    await this.#show({ field, message: field ? explain(error) : `${explain(error)} ${advice}` });
  }

  async #show(problem: { readonly field: string; readonly message: string }): Promise<void> {
    this.problem = problem;
    if (problem.field) await this.focusOn(`#${this.#errorId(problem.field)}`);
  }
}

function isChecked(event: Event): boolean {
  return (event.target as HTMLInputElement).checked;
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLTextAreaElement).value;
}

define("peer-own-card", PeerOwnCard);
