/** The lazy script of all that writes, and of the course team's views. */
import "./peer-reviewing.ts";
import "./peer-submission.ts";
import "./peer-team.ts";
import "./peer-team-work.ts";
