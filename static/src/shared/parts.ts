/**
 * What the lazy scripts take from the first one, through one global: they share its Lit, its words and its state.
 * The build makes every import of these modules in a lazy script a look-up here (see `build.mjs`).
 */
import * as lit from "lit";
import * as drafts from "./drafts.ts";
import * as errors from "./errors.ts";
import * as heading from "./heading.ts";
import * as i18n from "./i18n.ts";
import * as icons from "./icons.ts";
import * as lightElement from "./light-element.ts";
import * as notices from "./notices.ts";
import * as peerMenu from "./peer-menu.ts";
import * as peerProse from "./peer-prose.ts";
import * as peerSkeleton from "./peer-skeleton.ts";
import * as peerTime from "./peer-time.ts";
import * as people from "./people.ts";
import * as place from "./place.ts";
import * as roving from "./roving.ts";

export const parts = {
  lit, drafts, errors, heading, i18n, icons, "light-element": lightElement, notices, "peer-menu": peerMenu,
  "peer-prose": peerProse, "peer-skeleton": peerSkeleton, "peer-time": peerTime, people, place, roving,
};
