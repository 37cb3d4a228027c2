import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_FILTERS, chipSkills, filterNames, isFiltered, resultSentence, understood } from "./filters.ts";
import { isSame, limitOf } from "./profile.ts";
import type { Evidence, Found, ProfileFields, Request, Skill } from "./types.ts";
import { availabilityWords, fromDay, languageNames, proofWords, reasonWords, requestWords, sortRequests } from "./words.ts";

const TODAY = new Date(2026, 10, 24);
const skill = (id: string): Skill => ({ id, label: id, uri: null });
const found = (more: Partial<Found>): Found => ({ people: [], count: 0, next: null, skills: [], sorted_by: "recent", ...more });

test("availability says how many places, and else from when", () => {
  assert.equal(availabilityWords({ state: "open", from: null, left: 2 }, TODAY), "Takes questions, 2 places left this week");
  assert.equal(availabilityWords({ state: "open", from: null, left: null }, TODAY), "Takes questions");
  assert.equal(availabilityWords({ state: "later", from: "2026-11-30", left: null }, TODAY), "Takes questions again from Monday");
  assert.equal(availabilityWords({ state: "full", from: "2026-12-07", left: 0 }, TODAY), "Full this week, free again from 7 December");
});

test("a day is a weekday for a week, then a date", () => {
  assert.deepEqual(["2026-11-25", "2026-11-30", "2026-12-01", "2027-01-04"].map((day) => fromDay(day, TODAY)),
    ["from Wednesday", "from Monday", "from 1 December", "from 4 January 2027"]);
});

test("languages go by their own names, unknown codes as they are", () => {
  assert.equal(languageNames(["en", "fr", "x-y-z"]), "English, français, x-y-z");
});

test("reasons are sentences, about the search when there is one", () => {
  const reasons = [{ kind: "answered", count: 4 }, { kind: "skill", skill: skill("R") }] as const;
  assert.equal(reasonWords(reasons, true), "Answered 4 questions about this well. Declares R.");
  assert.equal(reasonWords(reasons, false), "Answered 4 questions well. Declares R.");
});

test("proofs that are not there are not mentioned", () => {
  const item: Evidence = { kind: "answer", title: "", url: "", thread: "", accepted: false, endorsed: true, vote_count: 1, at: "" };
  assert.equal(proofWords(item), "endorsed by the course team, 1 vote");
});

test("who waits for a word comes first, what is over is gone", () => {
  const request = (id: string, state: Request["state"], mine = false): Request =>
    ({ id, state, mine, thread: "", url: "", title: "", asked_at: "", person: { name: "Amina", kind: "named", role: null, hue: 1, is_me: false } });
  const { forMe, mine } = sortRequests([request("a", "accepted"), request("b", "asked"), request("c", "passed"), request("d", "answered", true)]);
  assert.deepEqual([forMe.map(({ id }) => id), mine.map(({ id }) => id)], [["b", "a"], ["d"]]);
  assert.equal(requestWords(request("e", "passed", true)), "Amina cannot answer now; others can");
});

test("the count says that it stops at 200", () => {
  assert.match(resultSentence(found({ count: 4, sorted_by: "answers" }), { ...NO_FILTERS, query: "r" }), /^4 people match\. Sorted by what/);
  assert.match(resultSentence(found({ count: 200 }), { ...NO_FILTERS, query: "r" }), /^200 people or more match\./);
  assert.match(resultSentence(found({ count: 900 }), NO_FILTERS), /^900 people\./);
  assert.equal(resultSentence(found({}), { ...NO_FILTERS, query: "r" }), "Nobody matches.");
});

test("a chosen skill has its chip though it is not common", () => {
  const common = [{ ...skill("r"), count: 3 }];
  assert.deepEqual(chipSkills(common, skill("python")).map(({ id }) => id), ["python", "r"]);
  assert.deepEqual(chipSkills(common, skill("r")), common);
});

test("what a query was understood to mean is offered once", () => {
  const page = found({ skills: [skill("r"), skill("python")] });
  assert.deepEqual(understood(page, { ...NO_FILTERS, query: "r", skill: skill("r") }).map(({ id }) => id), ["python"]);
  assert.deepEqual(understood(page, NO_FILTERS), []);
});

test("filters are named", () => {
  const filters = { query: "mean", skill: skill("R"), language: "fr", available: true };
  assert.deepEqual(filterNames(filters, () => "français"), ["“mean”", "R", "français", "takes questions now"]);
  assert.ok(isFiltered(filters) && !isFiltered(NO_FILTERS));
});

test("a card is the same whatever the order of its languages, and other when a skill moves", () => {
  const one: ProfileFields = { is_listed: true, about: "", languages: ["en", "fr"], weekly_limit: null, away_until: null, skills: [skill("a"), skill("b")] };
  assert.ok(isSame(one, { ...one, languages: ["fr", "en"] }));
  assert.ok(!isSame(one, { ...one, skills: [skill("b"), skill("a")] }));
});

test("a weekly limit is a whole number or none", () => {
  assert.deepEqual(["", " 3 ", "0", "two", "1.5"].map(limitOf), [null, 3, undefined, undefined, undefined]);
});
