/** Entry of the classic script: what the block's fragment calls. */
import { mounting } from "../shared/mount.ts";
import "./parts.ts";
import "./peer-review.ts";

Object.assign(window, { PeerReview: mounting("review") });
