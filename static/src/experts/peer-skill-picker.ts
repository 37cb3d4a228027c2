import { html, nothing, type TemplateResult } from "lit";
import { _, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { define, LightElement } from "../shared/light-element.ts";
import { placeMenu } from "../shared/place.ts";
import { nextIndex } from "../shared/roving.ts";
import type { Operations } from "./operations.ts";
import type { Skill } from "./types.ts";

const PAUSE_MS = 200;
const TEXT_MIN = 2;

/** Skills to choose from a long list: a combobox that suggests (APG), the chosen ones as chips to take away. */
export class PeerSkillPicker extends LightElement {
  static override properties = {
    operations: { attribute: false }, skills: { attribute: false }, invalid: { attribute: false }, text: { state: true },
    suggested: { state: true }, active: { state: true }, open: { state: true }, said: { state: true },
  };
  operations!: Operations;
  skills: readonly Skill[] = [];
  /** Id of the error that describes the field; "" when there is none. */
  invalid = "";
  text = "";
  suggested: readonly Skill[] = [];
  /** Index of the suggestion that Enter takes; -1 for none. */
  active = -1;
  open = false;
  said = "";
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asking = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#asking.abort();
  }

  protected override render(): TemplateResult {
    return html`${this.skills.length ? html`<ul role="list" class="cluster picked" aria-label=${_("Your skills")}>${this.skills.map((skill) => html`<li><button class="chip" type="button"
        aria-label=${_("Remove {name}", { name: skill.label })} @click=${() => this.#remove(skill)}>${skill.label} ${icon("close")}</button></li>`)}</ul>` : nothing}
      <input class="input s" id="skill-text" role="combobox" autocomplete="off" aria-autocomplete="list" aria-expanded=${this.open} aria-controls="skill-list"
        aria-activedescendant=${this.open && this.active >= 0 ? `skill-${this.active}` : nothing} aria-invalid=${this.invalid ? "true" : nothing}
        aria-describedby=${this.invalid || "skill-help"} .value=${this.text} placeholder=${_("Type a skill, in English or French")}
        @input=${this.#onInput} @keydown=${this.#onKey} @blur=${this.#close}>
      <div class="menu" role="listbox" id="skill-list" aria-label=${_("Suggested skills")} popover="manual" ?hidden=${!this.open}>${this.suggested.map((skill, index) => html`<div
        role="option" class="suggestion" id="skill-${index}" aria-selected=${index === this.active} @pointerdown=${(event: Event) => this.#take(event, skill)}>${skill.label}</div>`)}</div>
      <span class="sr" role="status">${this.said}</span>`;
  }

  #onInput = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#suggest(), PAUSE_MS);
  };

  async #suggest(): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const text = this.text.trim();
    if (text.length < TEXT_MIN) return this.#close();
    try {
      const known = new Set(this.skills.map(({ id }) => id));
      this.suggested = (await this.operations.suggestSkills(text, signal)).filter(({ id }) => !known.has(id));
      this.active = -1;
      this.said = this.suggested.length ? ngettext("{n} skill suggested", "{n} skills suggested", this.suggested.length) : _("No skill of this name is known. Try another word.");
      await this.#show();
    } catch {
      if (!signal.aborted) this.said = _("The suggestions did not load. Type on to try again.");
    }
  }

  async #show(): Promise<void> {
    this.open = this.suggested.length > 0;
    await this.updateComplete;
    const list = this.find("#skill-list");
    const input = this.find("#skill-text");
    if (!this.open || !list || !input) return;
    list.showPopover();
    placeMenu(list, input);
  }

  #close = (): void => {
    this.open = false;
    this.find("#skill-list")?.hidePopover();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.open) return this.#handled(event, this.#close);
    if (event.key === "Enter") return this.#handled(event, () => this.#takeActive());
    if (event.key === "Backspace" && this.text === "" && this.skills.length) return this.#handled(event, () => this.#removeLast());
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    this.#handled(event, () => this.#move(event.key));
  };

  #handled(event: Event, act: () => void): void {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #move(key: string): void {
    if (!this.open) return void this.#suggest();
    const count = this.suggested.length;
    this.active = this.active < 0 && key === "ArrowUp" ? count - 1 : nextIndex(key, this.active, count) ?? this.active;
  }

  /** The active one, or the only one. */
  #takeActive(): void {
    const skill = this.open ? this.suggested[this.active] ?? (this.suggested.length === 1 ? this.suggested[0] : undefined) : undefined;
    if (skill) this.#add(skill);
  }

  #take(event: Event, skill: Skill): void {
    event.preventDefault();
    this.#add(skill);
  }

  #add(skill: Skill): void {
    this.#close();
    this.text = "";
    this.suggested = [];
    this.said = _("{skill} is added.", { skill: skill.label });
    this.#change([...this.skills, skill]);
  }

  #remove(skill: Skill): void {
    this.said = _("{skill} is removed.", { skill: skill.label });
    this.#change(this.skills.filter(({ id }) => id !== skill.id));
    this.find("#skill-text")?.focus();
  }

  #removeLast(): void {
    const last = this.skills.at(-1);
    if (last) this.#remove(last);
  }

  #change(skills: readonly Skill[]): void {
    this.skills = skills;
    this.dispatchEvent(new CustomEvent<readonly Skill[]>("peer-skills", { detail: skills }));
  }
}

define("peer-skill-picker", PeerSkillPicker);
