/** The lazy script of everything that writes, and of what comes later: composers, edits, history, shortcuts. */
import "./peer-history.ts";
import "./peer-new-thread.ts";
import "./peer-post-edit.ts";
import "./peer-reply.ts";
import "./peer-report.ts";
import "./peer-shortcuts.ts";
