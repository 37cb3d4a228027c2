/** What stands above the parts of an open thread. */
import { html, type TemplateResult } from "lit";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import { banner } from "../shared/notices.ts";
import type { Thread } from "./types.ts";

/** In place of the answers, for who has yet to give theirs. */
export function answersHidden(level: number): TemplateResult {
  return html`<div class="cluster section-head">${
    heading(level + 1, _("Answers of the others"), { style: "h-section", id: "responses-title", focusable: true })}</div>${
    banner({ tone: "info", icon: "eye", what: _("Answer first."), meaning: _("What the others answered appears here once your response is posted.") })}`;
}

export function noResponse({ kind }: Thread): string {
  return kind === "question" ? _("No answer yet") : _("No response yet");
}

export function stateBadge({ state, kind }: Thread): TemplateResult {
  if (state === "answered") return html`<span class="badge success">${icon("check-circle")} ${_("Answered")}</span>`;
  if (state === "closed") return html`<span class="badge">${icon("lock")} ${_("Closed")}</span>`;
  if (kind === "announcement") return html`<span class="badge staff">${icon("staff")} ${_("Announcement")}</span>`;
  const isQuestion = kind === "question";
  return html`<span class="badge">${icon(isQuestion ? "question" : "chat")} ${isQuestion ? _("Open question") : _("Discussion")}</span>`;
}
