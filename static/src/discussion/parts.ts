/**
 * What the discussion's first script has and its later ones use as well: there each import of these modules becomes a
 * look-up in `window.PeerParts` (see `build.mjs`).
 */
import * as plainClick from "../shared/plain-click.ts";
import * as bell from "./bell.ts";
import * as threadRow from "./thread-row.ts";
import * as where from "./where.ts";

Object.assign(window.PeerParts, {
  "discussion/plain-click": plainClick, "discussion/bell": bell, "discussion/thread-row": threadRow, "discussion/where": where,
});
