/** Whether the reviews that are given are enough for the works that want them. */
import { _, formatNumber, ngettext } from "../shared/i18n.ts";

export interface Supply {
  readonly tone: "info" | "warning";
  readonly what: string;
  readonly meaning: string;
}

/** null while the numbers are not numbers. */
export function describeSupply(wanted: number, toGive: number): Supply | null {
  if (!(wanted >= 1) || !(toGive >= 1)) return null;
  if (toGive < wanted) {
    return {
      tone: "warning", what: _("There will be too few reviews."),
      meaning: _("With {given} given by each learner, a work gets {given} on average, not {wanted}. The course team would have to review the rest.", {
        given: toGive, wanted,
      }),
    };
  }
  if (toGive === wanted) {
    return {
      tone: "warning", what: _("There is nothing to spare."),
      meaning: _("Every work gets its reviews only if nobody leaves. With one or two more to give, some may."),
    };
  }
  const share = formatNumber(Math.floor(((toGive - wanted) * 100) / toGive));
  return {
    tone: "info", what: _("With these numbers,"),
    meaning: _("every work gets its reviews even if {share} % of the learners give none.", { share }),
  };
}

/** null while there are people enough, or nobody but the author yet: then there is nothing to compare with. */
export function describeClass(wanted: number, toGive: number, learners: number | null): Supply | null {
  if (learners === null || learners < 2 || !(Math.max(wanted, toGive) > learners - 1)) return null;
  return {
    tone: "warning", what: _("Few have enrolled yet."),
    meaning: ngettext("Until more do, nobody can have more than {n} review.", "Until more do, nobody can have more than {n} reviews.", learners - 1),
  };
}
