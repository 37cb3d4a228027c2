/** Single-key shortcuts: only while focus is in the block and not in a field, and only while switched on. */

const SETTING = "peer-single-keys";

/** The setting of this device; on by default. */
export function singleKeysOn(storage: Storage | null): boolean {
  return storage?.getItem(SETTING) !== "off";
}

export function switchSingleKeys(storage: Storage | null, on: boolean): void {
  try {
    if (on) storage?.removeItem(SETTING);
    else storage?.setItem(SETTING, "off");
  } catch {
    // A full storage keeps the setting for nobody: the switch then holds until the page is left.
  }
}

/** The key of a single-key shortcut, or "" when the event is typing, a chord, or already handled. */
export function singleKey(event: KeyboardEvent): string {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return "";
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return "";
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return "";
  return event.key;
}
