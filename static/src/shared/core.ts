/**
 * What all blocks stand on: Lit, words, errors, the root element and the small controls.
 * Each block's first script begins with it, and it runs once a page: blocks of different kinds in one unit share one
 * Lit, one catalogue and one error tree. The build makes every other import of these modules a look-up in
 * `window.PeerParts` (see `build.mjs`), so nothing else may be imported beside them.
 */
import * as lit from "lit";
import * as api from "./api.ts";
import * as drafts from "./drafts.ts";
import * as errors from "./errors.ts";
import * as heading from "./heading.ts";
import * as i18n from "./i18n.ts";
import * as icons from "./icons.ts";
import * as lightElement from "./light-element.ts";
import * as mount from "./mount.ts";
import * as notices from "./notices.ts";
import * as peerLazy from "./peer-lazy.ts";
import * as peerMenu from "./peer-menu.ts";
import * as peerProse from "./peer-prose.ts";
import * as peerSkeleton from "./peer-skeleton.ts";
import * as peerTime from "./peer-time.ts";
import * as people from "./people.ts";
import * as place from "./place.ts";
import * as rootElement from "./root-element.ts";
import * as roving from "./roving.ts";
import * as script from "./script.ts";
import * as selectBox from "./select-box.ts";
import * as sizes from "./sizes.ts";
import * as styles from "./styles.ts";
import * as time from "./time.ts";
import * as upload from "./upload.ts";

declare global {
  interface Window {
    /** Modules by name; a block's own ones by `<block>/<name>`. */
    PeerParts: Record<string, unknown>;
  }
}

export const parts = {
  lit, api, drafts, errors, heading, i18n, icons, "light-element": lightElement, mount, notices, "peer-lazy": peerLazy,
  "peer-menu": peerMenu, "peer-prose": peerProse, "peer-skeleton": peerSkeleton, "peer-time": peerTime, people, place,
  "root-element": rootElement, roving, script, "select-box": selectBox, sizes, styles, time, upload,
};

Object.assign(window, { PeerParts: parts });
