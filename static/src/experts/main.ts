/** Entry of the classic script: what the block's fragment calls. */
import { mounting } from "../shared/mount.ts";
import "./parts.ts";
import "./peer-experts.ts";

Object.assign(window, { PeerExperts: mounting("experts") });
