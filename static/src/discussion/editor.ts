/** The lazy script of everything that writes, and of what few open: composers, edits, history, shortcuts. */
import "./peer-history.ts";
import "./peer-new-thread.ts";
import "./peer-post-edit.ts";
import "./peer-reply.ts";
import "./peer-shortcuts.ts";
