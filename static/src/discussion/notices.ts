/** The lazy script of what one hears of: the tray, and following. */
import "./notices/peer-follow.ts";
import "./notices/peer-notices.ts";
