/** An assignment for the tests of the plain modules. */
import type { Activity, Criterion, Mine, State, Step, Submission } from "./types.ts";

export const NOW = new Date("2026-11-16T09:00:00Z");

export function criterion(id: string, more: Partial<Criterion> = {}): Criterion {
  const options = [
    { id: "o1", name: "No", explanation: "", points: 0 }, { id: "o2", name: "Partly", explanation: "", points: 2 },
    { id: "o3", name: "Yes", explanation: "", points: 4 },
  ];
  return { id, name: `Criterion ${id}`, prompt: "", weight: 50, options, max_points: 4, ...more };
}

export function activity(more: Partial<Activity> = {}): Activity {
  return {
    id: "a", title: "Pendulum", prompt_html: "", criteria: [criterion("c1"), criterion("c2")], wanted: 3, to_give: 3,
    names: "nobody", text_required: true,
    files: { allowed: true, types: [".pdf", ".png"], max_bytes: 10_000_000, max_count: 2 },
    submissions_due: null, reviews_open: null, reviews_due: "2026-11-30T23:59:00Z", points_possible: 10, ...more,
  };
}

export function step(name: Step["name"], status: Step["state"], at: string | null = null): Step {
  return { name, state: status, at, done: 1, total: 3 };
}

export const submission: Submission = {
  id: "s", revision: 1, html: "<p>So.</p>", source: "So.", files: [], submitted_at: "2026-11-15T09:00:00Z",
  word_count: 1, can_edit: true,
};

interface Parts extends Partial<Omit<State, "mine" | "can">> {
  readonly mine?: Partial<Mine>;
  readonly can?: Partial<State["can"]>;
}

export function state({ mine, can, ...more }: Parts = {}): State {
  return {
    viewer: { name: "Noah", hue: 3, role: null, is_preview: false, language: "en", group: null },
    activity: activity(), steps: [step("submit", "current"), step("review", "upcoming"), step("read", "upcoming")],
    mine: {
      pledged: false, submission: null, draft_files: [], reviews_given: 0, reviews_left: 3, reviews_received: 0,
      being_reviewed: 0, result: null, ...mine,
    },
    review: null, waiting: null,
    can: { submit: true, edit: false, review: false, read_result: false, oversee: false, ...can }, ...more,
  };
}
