/** The button of the tray: how many notices wait, shown and in words. */
import { html, nothing, type TemplateResult } from "lit";
import { _, formatNumber, ngettext } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";

const MOST_SHOWN = 99;

/** Its name, the number with it. */
export function labelOf(unread: number): string {
  if (unread === 0) return _("Notifications");
  return ngettext("Notifications, {n} unread", "Notifications, {n} unread", unread);
}

export function bellFace(unread: number): TemplateResult {
  const shown = unread > MOST_SHOWN ? `${formatNumber(MOST_SHOWN)}+` : formatNumber(unread);
  return html`${icon("bell")}${unread ? html` <span class="badge new">${shown}</span>` : nothing}`;
}

/** What stands in its place until the tray's script is there. */
export function bellRoom(unread: number): TemplateResult {
  return html`<button class="btn" type="button" aria-disabled="true" aria-label=${labelOf(unread)}>${bellFace(unread)}</button>`;
}
