/** The lazy script of an open thread, and of the news that come later; the list is shown without it. */
import "./peer-live-list.ts";
import "./peer-live-thread.ts";
import "./peer-thread.ts";
