import { html, type TemplateResult } from "lit";
import { _ } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import "../shared/peer-dialog.ts";

interface Shortcut {
  readonly keys: readonly string[];
  readonly label: string;
}

/** The list of shortcuts, and the switch that turns the single keys off. */
export class PeerShortcuts extends LightElement {
  static override properties = { level: { attribute: false }, on: { attribute: false } };
  level = 3;
  on = true;

  protected override render(): TemplateResult {
    return html`<peer-dialog .name=${_("Shortcuts")} .level=${this.level} .content=${this.#content()} wide
      @peer-close=${() => this.dispatchEvent(new CustomEvent("peer-close"))}></peer-dialog>`;
  }

  #content(): TemplateResult {
    return html`<dl class="keys">${shortcuts().map(({ keys, label }) => html`<div><dt>${
      keys.map((key) => html`<kbd class="kbd">${key}</kbd> `)}</dt><dd>${label}</dd></div>`)}</dl>
      <label class="check"><input type="checkbox" .checked=${this.on} @change=${() => this.#switch()}>
      <span>${_("Single keys work while the focus is in this block")}</span>
      <span class="help">${_("Switch them off if they get in the way of your own tools. Kept on this device.")}</span></label>`;
  }

  #switch(): void {
    this.dispatchEvent(new CustomEvent("peer-switch"));
  }
}

function shortcuts(): Shortcut[] {
  return [
    { keys: ["J", "K"], label: _("Next, previous") },
    { keys: ["Enter"], label: _("Open") },
    { keys: ["U", "Esc"], label: _("Back to all threads") },
    { keys: ["N"], label: _("Next unread") },
    { keys: ["C"], label: _("New thread") },
    { keys: ["/"], label: _("Search threads") },
    { keys: ["R"], label: _("Respond") },
    { keys: ["Q"], label: _("Quote the selection") },
    { keys: ["V"], label: _("Vote") },
    { keys: ["E"], label: _("Edit mine") },
    { keys: ["F"], label: _("Follow the thread, or stop") },
    { keys: ["L"], label: _("Copy the link") },
    { keys: ["S"], label: _("Save, or take off what you saved") },
    { keys: ["X", "Shift", "X"], label: _("Select, select a range (the team)") },
    { keys: ["Ctrl", "Enter"], label: _("Send") },
    { keys: ["Esc"], label: _("Close the nearest thing") },
    { keys: ["?"], label: _("This list") },
  ];
}

define("peer-shortcuts", PeerShortcuts);
