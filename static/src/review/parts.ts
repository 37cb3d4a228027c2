/**
 * What the first script of peer review has and its later one uses as well: there each import of these modules becomes a
 * look-up in `window.PeerParts` (see `build.mjs`).
 */
import * as sizes from "../shared/sizes.ts";
import * as deadline from "./deadline.ts";
import * as feedback from "./feedback.ts";
import * as grade from "./grade.ts";
import * as task from "./task.ts";
import * as work from "./work.ts";

Object.assign(window.PeerParts, {
  "review/sizes": sizes, "review/deadline": deadline, "review/feedback": feedback, "review/grade": grade,
  "review/task": task, "review/work": work,
});
