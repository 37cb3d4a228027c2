/** Where the reader stands in an assignment, and what comes next and when: each state has a sentence. */
import { _, ngettext } from "../shared/i18n.ts";
import { describeDeadline, longDate } from "../shared/time.ts";
import type { Activity, Mine, State, Step } from "./types.ts";

export interface StepWords {
  readonly title: string;
  readonly sub: string;
}

/** What to do now. */
export type Deed = "take" | "continue" | "read" | "refresh";

export interface Next {
  /** "act" has one solid button; the others say why there is none. */
  readonly tone: "act" | "wait" | "stop" | "look";
  readonly what: string;
  readonly meaning: string;
  readonly deed?: Deed;
}

/** The step that the reader is at: the first to do, else the first that waits; null when all is behind. */
export function currentStep(steps: readonly Step[]): Step | null {
  const find = (state: Step["state"]): Step | undefined => steps.find((step) => step.state === state);
  return find("current") ?? find("waiting") ?? null;
}

export function stepWords(step: Step, activity: Activity, now: Date): StepWords {
  const words = { submit: submitWords, review: reviewWords, read: readWords }[step.name];
  return words(step, activity, now);
}

function submitWords({ state, at }: Step, _activity: Activity, now: Date): StepWords {
  const title = _("Hand in");
  if (state === "done") return { title, sub: at ? _("Handed in on {date}", { date: longDate(new Date(at), now) }) : _("Handed in") };
  if (state === "missed") return { title, sub: closedOn(at, now) };
  return { title, sub: at ? _("Until {date}", { date: describeDeadline(new Date(at), now) }) : _("When you are ready") };
}

function reviewWords({ state, at, done, total }: Step, activity: Activity, now: Date): StepWords {
  const title = _("Review");
  if (state === "done") return { title, sub: ngettext("{n} given", "{n} given", done) };
  if (state === "missed") return { title, sub: closedOn(at, now) };
  if (state === "waiting") return { title, sub: _("No work is waiting now") };
  if (state === "current") return { title, sub: _("{done} given, {left} to go", { done, left: total - done }) };
  const opens = activity.reviews_open && new Date(activity.reviews_open) > now ? activity.reviews_open : null;
  return { title, sub: opens ? _("Opens on {date}", { date: longDate(new Date(opens), now) }) : _("After you hand in") };
}

function readWords({ state, at, done, total }: Step, activity: Activity, now: Date): StepWords {
  const title = _("Read your feedback");
  if (state === "done") return { title, sub: at ? _("Settled on {date}", { date: longDate(new Date(at), now) }) : _("Settled") };
  if (state === "missed") return { title, sub: _("Nothing was handed in") };
  if (state === "current") return { title, sub: _("{done} of {total} reviews are in", { done, total }) };
  if (state === "waiting") return { title, sub: _("Waiting for reviewers") };
  return { title, sub: ngettext("After your review", "After your {n} reviews", activity.to_give) };
}

function closedOn(at: string | null, now: Date): string {
  return at ? _("Closed on {date}", { date: longDate(new Date(at), now) }) : _("Closed");
}

/** The sentence under the title: the whole way in short. */
export function describeWay(activity: Activity): string {
  return ngettext(
    "Hand in your work, review the work of {n} other, then read what others say of yours.",
    "Hand in your work, review the work of {n} others, then read what others say of yours.", activity.to_give);
}

/** What to do, or what is waited for; null while the form to hand in says it itself. */
export function nextFor(state: State, now: Date): Next | null {
  if (state.viewer.is_preview) return preview();
  if (state.review) return goOn(state, now);
  if (state.can.review && state.mine.reviews_left > 0) return waitingFor(state, now) ?? take(state);
  if (state.can.submit) return null;
  if (!state.mine.submission) return nothingHandedIn(state, now);
  return waitingFor(state, now) ?? reading(state, now) ?? waitForReviews(state, now);
}

function preview(): Next {
  return { tone: "look", what: _("This is a preview."), meaning: _("Learners hand in and review here; a preview keeps nothing.") };
}

function goOn({ review, activity }: State, now: Date): Next {
  const values = { number: review?.number ?? 1, total: activity.to_give };
  const until = review ? describeDeadline(new Date(review.expires_at), now) : "";
  return {
    tone: "act", deed: "continue", what: _("You are reviewing a work: {number} of {total}.", values),
    meaning: _("It is yours until {date}; each change that you make prolongs that.", { date: until }),
  };
}

function take({ mine, activity }: State): Next {
  const what = mine.reviews_given === 0 ? _("A work is waiting for your review.")
    : _("{done} of {total} reviews given.", { done: mine.reviews_given, total: activity.to_give });
  const meaning = ngettext("After {n} more review you read what others say of yours.",
    "After {n} more reviews you read what others say of yours.", mine.reviews_left);
  return { tone: "act", deed: "take", what, meaning };
}

/** Why no work can be had now; null when that is not what the reader waits for. */
function waitingFor({ waiting, mine, activity }: State, now: Date): Next | null {
  if (!waiting || mine.reviews_left === 0) return null;
  const date = waiting.at ? describeDeadline(new Date(waiting.at), now) : "";
  switch (waiting.why) {
    case "not_open":
      return {
        tone: "wait", what: date ? _("Reviews open on {date}.", { date }) : _("Reviews are not open yet."),
        meaning: ngettext("Your work is in. Come back then to review the work of {n} other.",
          "Your work is in. Come back then to review the work of {n} others.", activity.to_give),
      };
    case "none_waiting":
      return {
        tone: "wait", deed: "refresh", what: _("No work is waiting for a review right now."),
        meaning: _("There is one for you as soon as somebody else hands in. Nothing is lost: look again later."),
      };
    case "closed":
      return mine.submission ? null : {
        tone: "stop", what: date ? _("Reviews closed on {date}.", { date }) : _("Reviews are closed."),
        meaning: askTheTeam(),
      };
    case "submit_first":
      return {
        tone: "wait", what: _("Hand in your own work first."),
        meaning: _("Then the works of others open to you, and theirs to yours."),
      };
    default:
      return null;
  }
}

function nothingHandedIn({ steps }: State, now: Date): Next {
  const at = steps.find(({ name }) => name === "submit")?.at;
  const what = at ? _("Works could be handed in until {date}.", { date: describeDeadline(new Date(at), now) })
    : _("Works can no longer be handed in.");
  return { tone: "stop", what, meaning: askTheTeam() };
}

function askTheTeam(): string {
  return _("The task stays readable. If something kept you from it, write to the course team.");
}

function reading({ mine, can, activity }: State, now: Date): Next | null {
  if (!can.read_result || mine.reviews_received === 0) return null;
  const { result } = mine;
  if (result && result.grade !== null) {
    return { tone: "act", deed: "read", what: _("Your grade is settled."), meaning: _("Read what your reviewers say of your work.") };
  }
  const what = _("{done} of {total} reviews of your work are in.", { done: mine.reviews_received, total: activity.wanted });
  const meaning = isClosed(activity, now) ? gradeAfterClose(mine)
    : _("You can read them now; the grade follows with the last one.");
  return { tone: "act", deed: "read", what, meaning };
}

export function isClosed({ reviews_due }: Activity, now: Date): boolean {
  return reviews_due !== null && new Date(reviews_due) <= now;
}

/** The clock settles the work of whoever has given all of their reviews; the others' wait for the team. */
export function gradeAfterClose({ reviews_left }: Mine): string {
  return reviews_left > 0 ? _("Reviews are closed, and you gave fewer than you promised: the course team decides on the grade.")
    : _("Reviews are closed. The grade follows from those that are in.");
}

function waitForReviews({ mine, can, activity }: State, now: Date): Next {
  const busy = mine.being_reviewed;
  if (!can.read_result && mine.reviews_received > 0) {
    return {
      tone: "wait",
      what: ngettext("{n} person has reviewed your work.", "{n} people have reviewed your work.", mine.reviews_received),
      meaning: ngettext("It opens to you with the review that you still give.",
        "It opens to you once you have given {n} more reviews.", mine.reviews_left),
    };
  }
  const until = activity.reviews_due ? new Date(activity.reviews_due) : null;
  const meaning = until && until > now
    ? _("You have done your part. Reviews close on {date}; you read them as they come.", { date: describeDeadline(until, now) })
    : until ? _("Reviews are closed. The course team will look at your work.")
      : _("You have done your part. You read the reviews as they come.");
  const what = busy > 0 ? ngettext("{n} person is reviewing your work.", "{n} people are reviewing your work.", busy)
    : _("Your work is waiting for its reviewers.");
  return { tone: "wait", what, meaning, deed: "refresh" };
}
