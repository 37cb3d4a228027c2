/** The lazy script of facilitators and the course team: learners load nothing of it. */
import "./moderating/peer-organise.ts";
import "./moderating/peer-selection.ts";
