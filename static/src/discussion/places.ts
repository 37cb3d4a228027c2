/** The lazy script of the list's other places: the whole course, and what the reader saved. */
import "./places/peer-saved.ts";
import "./places/peer-whole-course.ts";
