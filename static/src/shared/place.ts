/** Where menus and dialogs go: at their trigger, in page coordinates.
 *
 * In a unit the block stands in a frame as tall as its content, so that the middle of the "window" may be
 * far outside what the reader sees.
 */

const GAP = 4;
const MARGIN = 8;

/** Put `menu` under `trigger`, or above it where it would cross the lower edge. */
export function placeMenu(menu: HTMLElement, trigger: HTMLElement): void {
  const anchor = trigger.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const page = document.documentElement;
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - size.height;
  const top = below + size.height > page.clientHeight && above >= 0 ? above : below;
  const start = menu.matches(":dir(rtl)") ? anchor.right - size.width : anchor.left;
  const left = clamp(start, MARGIN, page.clientWidth - size.width - MARGIN);
  menu.style.top = `${top + window.scrollY}px`;
  menu.style.left = `${left + window.scrollX}px`;
}

/** Centre `dialog` on the height of `trigger`, inside the document and never taller than it. */
export function placeDialog(dialog: HTMLElement, trigger: HTMLElement | null): void {
  const page = document.documentElement;
  dialog.style.maxHeight = `${Math.max(page.clientHeight - 2 * MARGIN, 200)}px`;
  const height = dialog.getBoundingClientRect().height;
  const anchor = trigger?.getBoundingClientRect();
  const middle = anchor ? (anchor.top + anchor.bottom) / 2 : page.clientHeight / 2;
  const top = clamp(middle - height / 2, MARGIN, page.clientHeight - height - MARGIN);
  dialog.style.top = `${top + window.scrollY}px`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
