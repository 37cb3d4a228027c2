/**
 * What the directory's first script has and its later one uses as well: there each import of these modules becomes a
 * look-up in `window.PeerParts` (see `build.mjs`).
 */
import * as card from "./card.ts";
import * as words from "./words.ts";

Object.assign(window.PeerParts, { "experts/card": card, "experts/words": words });
