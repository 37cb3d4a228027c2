/** Entry of Studio's script: the settings form of a block, in its own shadow root, whatever Studio's styles say. */
import { blockElement } from "../shared/mount.ts";
import { type PeerSettings, type StudioRuntime } from "./peer-settings.ts";
import "./peer-settings.ts";
import type { Settings } from "./types.ts";

type Mounted = Element | { readonly [index: number]: Element | undefined };

/** Called by the XBlock runtime with the block's element (or a jQuery set of it). */
function initialise(runtime: StudioRuntime, element: Mounted): void {
  const block = blockElement(element);
  const mount = block?.querySelector<HTMLElement>(".peer-studio[data-settings]");
  if (!block || !mount || mount.firstElementChild) return;
  const form = document.createElement("peer-settings") as PeerSettings;
  const settings = JSON.parse(mount.dataset.settings ?? "{}") as Settings;
  form.config = { ...settings, call_url: runtime.handlerUrl(block, "call").replace(/[/?]+$/, "") };
  form.runtime = runtime;
  form.saveUrl = runtime.handlerUrl(block, "save_settings");
  mount.append(form);
}

Object.assign(window, { PeerStudio: initialise });
