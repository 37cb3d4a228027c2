/** The lazy script of finding: the search above the list, and threads like the one that is being written. */
import "./search/peer-search.ts";
import "./search/peer-similar.ts";
