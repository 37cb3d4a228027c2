import { html, type TemplateResult } from "lit";
import type { Part } from "./found.ts";

/** A text with the words apart that were looked for. */
export function marked(parts: readonly Part[]): TemplateResult {
  return html`${parts.map(({ text, is_match: isMatch }) => (isMatch ? html`<mark>${text}</mark>` : text))}`;
}
