/** Passing a work on: what is known afterwards. */
import { _ } from "../shared/i18n.ts";
import { describeDeadline } from "../shared/time.ts";
import type { State } from "./types.ts";

/** Whether there is another work now, from the state that the server answered. */
export function afterPassing({ waiting }: State, now: Date): string {
  switch (waiting?.why) {
    case undefined: return _("It waits for somebody else. Another work is there for you.");
    case "none_waiting": return _("It waits for somebody else. No other work is there right now: look again later.");
    case "closed": return waiting?.at ? _("It waits for somebody else. Reviews closed on {date}.", { date: describeDeadline(new Date(waiting.at), now) })
      : _("It waits for somebody else. Reviews are closed.");
    default: return _("It waits for somebody else.");
  }
}
