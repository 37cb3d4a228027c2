/** Entry of the classic script: what the block's fragment calls. */
import { parts } from "../shared/parts.ts";
import type { PeerDiscussion } from "./peer-discussion.ts";
import "./peer-discussion.ts";
import type { Config } from "./types.ts";

type Mounted = Element | { readonly [index: number]: Element | undefined };

/** Called by the XBlock runtime with the block's element (or a jQuery set of it) and the fragment's JSON. */
function initialise(_runtime: unknown, element: Mounted, config: Config): void {
  const block = element instanceof Element ? element : element[0];
  const mount = block?.querySelector('.peer-mount[data-peer="discussion"]');
  if (!mount || mount.firstElementChild) return;
  const discussion = document.createElement("peer-discussion") as PeerDiscussion;
  discussion.config = config;
  mount.append(discussion);
}

Object.assign(window, { PeerDiscussion: initialise, PeerParts: parts });
