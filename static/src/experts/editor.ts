/** The lazy script of all that writes: asking somebody, and the own card. */
import "./peer-ask.ts";
import "./peer-own-card.ts";
