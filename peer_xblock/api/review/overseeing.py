"""The team's side: every work with how far it has come, any of them read, and judged by the team itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from peer_xblock.api.names import Names
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Conflict, Forbidden, Invalid
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.grading import Given, grade_of, points_of
from peer_xblock.domain.review.rubric import check_scores
from peer_xblock.domain.review.standing import Standing, bounds, standing_of
from peer_xblock.domain.review.views import PAGE, Counts, JudgedWork, Overview, ReadWork, Skip, WorkRow
from peer_xblock.models import Review, ReviewTally, Slot, Submission

from .present import Presenter
from .ranks import Changing
from .ready import activity_of, rules_of
from .reranking import bring_in_line
from .rows import files_of, get_slot, peer_reviews, skip_count, skips_of, space_id, team_review
from .settling import SETTLED, STAFF, settle
from .telling import tell
from .text import Comments, check_comments

_CURSOR = re.compile(r"[0-9a-f]{32,33}")


class Filter(StrEnum):
    """Which works are listed."""

    ALL = "all"
    WAITING = "waiting"
    REVIEWED = "reviewed"
    SETTLED = "settled"
    NEEDS_TEAM = "needs_team"


_STANDINGS = {
    Filter.WAITING: (Standing.WAITING, Standing.WAITING),
    Filter.REVIEWED: (Standing.REVIEWED, Standing.REVIEWED),
    Filter.SETTLED: (Standing.SETTLED, Standing.SETTLED),
    Filter.NEEDS_TEAM: (Standing.WAITING, Standing.REVIEWED),
}


def oversee(visit: Visit, *, filter: Filter = Filter.ALL, cursor: str | None = None) -> Overview:  # noqa: A002  its name on the wire
    """A page of works, the oldest first, and the counts of all. cursor: `next` of the page before.

    Raises Forbidden for learners, Invalid.
    """
    rules = _rules_for_team(visit)
    column, low, high = _range(space_id(visit), filter)
    if cursor is not None and not _CURSOR.fullmatch(cursor):
        raise Invalid(N_("This page cannot be found. Start again from the first."), field="cursor")
    after = {f"{column}__gt": max(cursor or low, low), f"{column}__lt": high}
    is_empty = filter is Filter.NEEDS_TEAM and not rules.dates.has_closed(visit.now)
    slots = Slot.objects.none() if is_empty else Slot.objects.filter(**after)
    found = list(slots.annotate(passed=skip_count()).order_by(column)[: PAGE + 1])
    shown = found[:PAGE]
    names = Names(visit)
    names.expect(slot.author_id for slot in shown)
    return Overview(
        counts=_counts(visit, rules),
        rows=tuple(_row(visit, rules, names, slot) for slot in shown),
        next=getattr(shown[-1], column) if len(found) > PAGE else None,
    )


def _range(scope: int, filter: Filter) -> tuple[str, str, str]:  # noqa: A002  as above
    """The column whose keys list these works in the order of handing in, or nearly; the lowest and the end."""
    if filter is Filter.ALL:
        return "key_order", *bounds(scope)
    first, last = _STANDINGS[filter]
    return "key_standing", bounds(scope, first)[0], bounds(scope, last)[1]


def read_submission(visit: Visit, *, submission: str) -> ReadWork:
    """A work with all that was said of it, by name. Raises Forbidden for learners, NotFound."""
    rules = _rules_for_team(visit)
    slot = get_slot(visit, submission)
    peers = peer_reviews(slot.pk)
    team = team_review(slot) if slot.settled_by == STAFF else None
    skips = skips_of(slot.pk)
    presenter = Presenter(visit, rules)
    presenter.names.expect([slot.author_id, *(pair.reviewer_id for pair in skips)])
    presenter.expect_reviewers([*peers, *([team] if team else [])])
    return ReadWork(
        person=presenter.names.person(slot.author_id),
        submission=presenter.submission(slot, slot.submission, files_of(slot.pk)),
        result=presenter.result(slot, peers, team),
        skips=tuple(
            Skip(presenter.names.person(pair.reviewer_id), pair.reason, pair.note, pair.taken_at)
            for pair in skips
        ),
    )


def staff_review(
    visit: Visit,
    *,
    submission: str,
    scores: Mapping[str, str],
    comments: Mapping[str, str],
    overall: str = "",
    revision: int = 0,
) -> JudgedWork:
    """Settle a work by the team's own judgement, which stands above the peers'; a later one replaces it.

    As a peer's, it has an option and a comment for each criterion: its author learns why, whoever judges.
    revision: of the work that was read, 0 for whichever is there. Raises Forbidden (learners; one's own work),
    Invalid, TooLarge, NotFound, and Conflict when the work was replaced meanwhile.
    """
    visit.require_write()
    rules = _rules_for_team(visit)
    check_scores(rules.rubric, scores, is_whole=True)
    texts = check_comments(rules.rubric, comments, overall, is_whole=True)
    slot = in_transaction(
        lambda: _judge(visit, rules, scores, texts, submission=submission, revision=revision)
    )
    names = Names(visit)
    names.expect([slot.author_id])
    return JudgedWork(_row(visit, rules, names, slot))


def _judge(
    visit: Visit, rules: Rules, scores: Mapping[str, str], texts: Comments, *, submission: str, revision: int
) -> Slot:
    slot: Slot = get_slot(visit, submission, locked=True)
    if slot.author_id == visit.viewer.user_id:
        raise Forbidden(N_("Nobody judges their own work."), field="submission")
    work = Submission.objects.get(slot=slot)
    if revision not in (0, work.revision):
        raise Conflict(N_("Its author has replaced this work since you opened it. Open it again."))
    activity = activity_of(visit.space, rules)
    bring_in_line(visit, rules, (activity.wanted, activity.to_give))
    changing = Changing(rules.wanted, (slot,))
    points = points_of(rules.rubric, scores)
    Review.objects.update_or_create(
        team_of=slot,
        defaults={
            "slot": slot,
            "reviewer_id": visit.viewer.user_id,
            "scores": dict(scores),
            "points": points,
            "comments": dict(texts.sources),
            "html": dict(texts.html),
            "overall": texts.overall.source,
            "overall_html": texts.overall.html,
            "revision": work.revision,
            "saved_at": visit.now,
            "sent_at": visit.now,
        },
    )
    settle(slot, grade_of(rules.rubric, [Given(scores, points)]), by=STAFF, now=visit.now)
    changing.save(*SETTLED)
    tell(visit, slot, work)
    return slot


def _rules_for_team(visit: Visit) -> Rules:
    if not visit.viewer.is_moderator:
        raise Forbidden(N_("Only facilitators and the course team see all works."))
    return rules_of(visit)


def _counts(visit: Visit, rules: Rules) -> Counts:
    tallies = ReviewTally.objects.filter(activity_id=space_id(visit))
    by_standing = dict.fromkeys(Standing, 0)
    by_received = [0] * (rules.wanted + 1)
    for tally in tallies:
        by_standing[Standing(tally.standing)] += tally.work_count
        by_received[min(tally.received, rules.wanted)] += tally.work_count
    open_works = by_standing[Standing.WAITING] + by_standing[Standing.REVIEWED]
    return Counts(
        submissions=sum(by_received),
        waiting=by_standing[Standing.WAITING],
        settled=by_standing[Standing.SETTLED],
        needs_team=open_works if rules.dates.has_closed(visit.now) else 0,
        by_received=tuple(by_received),
    )


def _row(visit: Visit, rules: Rules, names: Names, slot: Any) -> WorkRow:
    standing = standing_of(slot.done, wanted=rules.wanted, is_settled=slot.settled_at is not None)
    needs_team = standing is not Standing.SETTLED and rules.dates.has_closed(visit.now)
    return WorkRow(
        id=slot.public_id,
        person=names.person(slot.author_id),
        submitted_at=slot.submitted_at,
        received=slot.done,
        being_reviewed=slot.live,
        given=slot.gave,
        grade=slot.grade,
        settled_at=slot.settled_at,
        state="needs_team" if needs_team else standing.name.lower(),
        passed_on=slot.passed or 0,
    )
