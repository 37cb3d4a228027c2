/** True for a click that opens a link here: no key asks for a new tab or window, and it is the main button. */
export function isPlainClick({ ctrlKey, metaKey, shiftKey, altKey, button }: MouseEvent): boolean {
  return !(ctrlKey || metaKey || shiftKey || altKey || button !== 0);
}
