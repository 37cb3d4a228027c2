import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlainClick } from "./plain-click.ts";

test("a click with a key, or of another button, is the browser's", () => {
  const click = (part: Partial<MouseEvent> = {}): boolean =>
    isPlainClick({ ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, button: 0, ...part } as MouseEvent);
  assert.equal(click(), true);
  for (const part of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }]) {
    assert.equal(click(part), false);
  }
});
