/** A heading whose level follows the place of the block in its page; its size comes from the class. */
import { html, nothing, type TemplateResult } from "lit";

interface HeadingOptions {
  readonly style: string;
  readonly id?: string;
  readonly focusable?: boolean;
}

/** `level` 1..6; deeper ones stay at 6. */
export function heading(level: number, content: unknown, options: HeadingOptions): TemplateResult {
  const { style, id, focusable } = options;
  const tab = focusable ? "-1" : nothing;
  switch (level) {
    case 1:
      return html`<h1 class=${style} id=${id ?? nothing} tabindex=${tab}>${content}</h1>`;
    case 2:
      return html`<h2 class=${style} id=${id ?? nothing} tabindex=${tab}>${content}</h2>`;
    case 3:
      return html`<h3 class=${style} id=${id ?? nothing} tabindex=${tab}>${content}</h3>`;
    case 4:
      return html`<h4 class=${style} id=${id ?? nothing} tabindex=${tab}>${content}</h4>`;
    case 5:
      return html`<h5 class=${style} id=${id ?? nothing} tabindex=${tab}>${content}</h5>`;
    default:
      return html`<h6 class=${style} id=${id ?? nothing} tabindex=${tab}>${content}</h6>`;
  }
}
