/** Changing what stands in a text field so that the browser's own undo takes it back. */
import type { Editing } from "./markdown-edit.ts";

/** The part that differs: `text` in place of what stands from `start` to `end` of `before`. */
export function changedPart(before: string, after: string): Editing {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { text: after.slice(start, after.length - tail), start, end: before.length - tail };
}

/** As if it was typed: the field tells of its input itself. */
export function retype(area: HTMLTextAreaElement, after: string): void {
  const { text, start, end } = changedPart(area.value, after);
  area.focus();
  area.setSelectionRange(start, end);
  const isDone = text || start < end ? document.execCommand(text ? "insertText" : "delete", false, text) : true;
  if (isDone && area.value === after) return;
  area.value = after;
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
