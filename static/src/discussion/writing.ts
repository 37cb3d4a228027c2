/** The lazy script of what a composer can do beyond its text. */
import "../shared/peer-calls.ts";
import "../shared/peer-draft-sync.ts";
import "../shared/peer-pictures.ts";
