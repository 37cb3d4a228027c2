/** Base of the inner elements: they render into the block's one shadow root, so that ids and labels reach. */
import { LitElement } from "lit";

export class LightElement extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }

  /** Element inside this one; undefined when it is not rendered. */
  protected find<T extends HTMLElement>(selector: string): T | undefined {
    return this.querySelector<T>(selector) ?? undefined;
  }

  /** Wait for the pending render, then focus what `selector` names. */
  async focusOn(selector: string): Promise<void> {
    await this.updateComplete;
    this.find(selector)?.focus();
  }
}

/** Register an element once: the script may be loaded twice on a page with several blocks. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
