"""What a comparison found, in sentences: for the command line and the admin."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moodle_bridge.causes import explain
from moodle_bridge.models import Comparison
from moodle_bridge.reconcile.running import Report

# Translators: in each of these {count} is a number of posts.
FOUND: Final[Mapping[str, Promise]] = {
    "missing": _("{count} of the LMS's posts are no longer in Moodle"),
    "behind": _("{count} of the LMS's posts are there in an older version"),
    "changed": _("{count} of the LMS's posts have another text there"),
    "undeleted": _("{count} deleted posts of the LMS can be read there again"),
    "untold": _("{count} posts of Moodle were never brought to the LMS"),
    "copied": _("{count} posts there are second copies of posts of the LMS"),
    "lost": _("{count} posts of Moodle are in the LMS and no longer in Moodle, though nobody deleted them"),
    "forum": _("the forum cannot be read"),
}
DECISIONS: Final[Mapping[str, Promise]] = {
    "forumgone": _(
        "The forum is gone, or the service account may not mirror into it. Give the account the capability back, or"
        " map the space to another forum: the next comparison writes its posts there."
    ),
    "copied": _(
        "The forum holds copies that nothing links to their originals, as after a course was copied or restored."
        " Map the space to an empty forum, or delete the copies in Moodle; they are not brought to the LMS."
    ),
    "lost": _("As after a restore from a backup. The LMS keeps them; delete there what is not to stay."),
    "nolms": _(
        "Nothing can be repaired without the way back: enter the LMS's address and secret at the tenant."
    ),
    "notinlms": _("The LMS does not know some of them any more. Delete them in Moodle."),
}


def say_found(comparison: Comparison) -> str:
    """All that was found, as one line; "" for nothing."""
    found: Mapping[str, Any] = comparison.found
    said = (_say(kind, count) for kind, count in found.items())
    return "; ".join(said)


def _say(kind: str, count: object) -> str:
    shown = explain(count) if isinstance(count, str) else count
    return str(FOUND[kind]).format(count=shown) if kind in FOUND else f"{kind}: {shown}"


def say_decision(comparison: Comparison) -> str:
    """What somebody has to decide; "" for nothing."""
    return str(DECISIONS.get(comparison.decision, comparison.decision))


def lines_of(report: Report) -> Iterator[str]:
    """A report for the terminal: a line a forum, what is to be decided below it."""
    for one in report.comparisons:
        head = f"{one.site} {one.context or '-'} forum {one.forum_id}: {one.posts} posts"
        yield f"{head}, {say_found(one) or _('as they should be')}"
        if one.repaired:
            yield "  " + str(_("{count} are on their way again")).format(count=one.repaired)
        if one.decision:
            yield f"  ! {say_decision(one)}"
    for name, code in report.problems.items():
        yield f"{name}: {explain(code)}"
