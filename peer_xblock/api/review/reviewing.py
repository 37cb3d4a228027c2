"""A review: kept as a draft, sent, or passed on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Closed, Conflict, Lapsed, TooLarge
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.activity import Names
from peer_xblock.domain.review.allocation import SKIPS_MAX, lease_end
from peer_xblock.domain.review.grading import points_of
from peer_xblock.domain.review.rubric import check_scores
from peer_xblock.domain.review.views import Saved, State
from peer_xblock.models import Pair, Review, Submission

from .opening import show
from .ranks import Changing
from .ready import rules_of
from .reranking import bring_in_line
from .rows import is_replaced, lock_slots, my_pair, my_states, slot_of
from .settling import SETTLED, settle_by_peers
from .telling import tell
from .text import Comments, check_comments

NOTE_CAP = 500
_REPLACED = N_(
    "Its author has replaced this work since you were given it: what you wrote is about the former one."
)


class Reason(StrEnum):
    """Why a work is passed on."""

    KNOW_AUTHOR = "know_author"
    UNREADABLE = "unreadable"
    OFF_TOPIC = "off_topic"
    OTHER = "other"


def save_review(
    visit: Visit,
    *,
    review: str,
    scores: Mapping[str, str],
    comments: Mapping[str, str],
    overall: str = "",
) -> Saved:
    """Keep a draft, and prolong the lease. Raises Invalid, TooLarge, NotFound, Closed, Lapsed, Conflict."""
    visit.require_write()
    rules = rules_of(visit)
    check_scores(rules.rubric, scores, is_whole=False)
    texts = check_comments(rules.rubric, comments, overall, is_whole=False)
    return in_transaction(lambda: _save(visit, rules, review, scores, texts))


def _save(visit: Visit, rules: Rules, review: str, scores: Mapping[str, str], texts: Comments) -> Saved:
    pair = my_pair(visit, review)
    _require_open(visit, rules)
    if pair.state == Pair.LIVE:
        ends_at = lease_end(pair.taken_at, visit.now, ends_at=pair.expires_at)
        live = Pair.objects.filter(pk=pair.pk, state=Pair.LIVE)
        if live.update(expires_at=ends_at):
            _write(visit, pair, scores, texts)
            return Saved(visit.now, ends_at)
    state = my_states(visit)[pair.pk]
    if state == Pair.LAPSED and not is_replaced(pair.pk):
        raise Lapsed(_gone(state), field="review")
    raise Conflict(_REPLACED if state == Pair.LAPSED else _gone(state), field="review")


def send_review(
    visit: Visit,
    *,
    review: str,
    scores: Mapping[str, str],
    comments: Mapping[str, str],
    overall: str = "",
) -> State:
    """Send a review: each criterion has an option and a comment. Sent twice, it counts once.

    It is taken also when the lease has just run out: nobody's work is thrown away. Raises Invalid, TooLarge, NotFound,
    Closed, and Conflict for a work that was passed on, or that its author replaced after the lease had run out.
    """
    visit.require_write()
    rules = rules_of(visit)
    check_scores(rules.rubric, scores, is_whole=True)
    texts = check_comments(rules.rubric, comments, overall, is_whole=True)
    pair = my_pair(visit, review)
    bring_in_line(visit, rules, (pair.ranked_for, pair.to_give))
    in_transaction(lambda: _send(visit, rules, pair, scores, texts))
    return show(visit, rules)


def _send(visit: Visit, rules: Rules, pair: Any, scores: Mapping[str, str], texts: Comments) -> None:
    mine = slot_of(visit)
    slots = lock_slots(pair.slot_id, mine)
    work, own = slots[pair.slot_id], slots[mine]
    state = Pair.objects.values_list("state", flat=True).get(pk=pair.pk)
    if state == Pair.DONE:
        return
    _require_open(visit, rules)
    if state == Pair.SKIPPED:
        raise Conflict(_gone(state), field="review")
    if state == Pair.LAPSED and is_replaced(pair.pk):
        raise Conflict(_REPLACED, field="review")
    changing = Changing(rules.wanted, (work, own))
    Pair.objects.filter(pk=pair.pk).update(state=Pair.DONE, held_by=None, expires_at=None)
    sent = {
        "points": points_of(rules.rubric, scores),
        "is_named": rules.names is Names.EVERYONE,
        "sent_at": visit.now,
    }
    _write(visit, pair, scores, texts, **sent)
    work.done += 1
    work.live -= state == Pair.LIVE
    own.gave += 1
    own.gave_at = visit.now
    settled = settle_by_peers((work, own), rules, now=visit.now)
    changing.save("done", "live", "gave", "gave_at", *SETTLED)
    for slot in settled:
        tell(visit, slot, Submission.objects.get(slot=slot))


def skip_review(visit: Visit, *, review: str, reason: Reason, note: str = "") -> State:
    """Pass a work on to somebody else, a few times at most. Raises Conflict past them, NotFound, TooLarge."""
    visit.require_write()
    rules = rules_of(visit)
    if len(note) > NOTE_CAP:
        raise TooLarge(
            N_("The text has %(length)d characters; %(cap)d fit."),
            field="note",
            length=len(note),
            cap=NOTE_CAP,
        )
    pair = my_pair(visit, review)
    bring_in_line(visit, rules, (pair.ranked_for, pair.to_give))
    in_transaction(lambda: _skip(visit, rules, pair, reason, note))
    return show(visit, rules)


def _skip(visit: Visit, rules: Rules, pair: Any, reason: Reason, note: str) -> None:
    slot = lock_slots(pair.slot_id)[pair.slot_id]
    states = my_states(visit)
    if states[pair.pk] == Pair.SKIPPED:
        return
    if list(states.values()).count(Pair.SKIPPED) >= SKIPS_MAX:
        raise Conflict(
            N_("You have passed on %(cap)d works. Review this one, or tell the course team."),
            field="review",
            cap=SKIPS_MAX,
        )
    live = Pair.objects.filter(pk=pair.pk, state=Pair.LIVE)
    passed = {"state": Pair.SKIPPED, "held_by": None, "expires_at": None}
    if live.update(**passed, reason=reason.value, note=note) == 0:
        raise Conflict(_gone(states[pair.pk]), field="review")
    changing = Changing(rules.wanted, (slot,))
    slot.live -= 1
    changing.save("live")


def _write(visit: Visit, pair: Any, scores: Mapping[str, str], texts: Comments, **more: Any) -> None:
    """The review's row, made with the first draft."""
    written = {
        "scores": dict(scores),
        "comments": dict(texts.sources),
        "html": dict(texts.html),
        "overall": texts.overall.source,
        "overall_html": texts.overall.html,
        "revision": pair.revision,
        "saved_at": visit.now,
        **more,
    }
    rows = Review.objects.filter(pair_id=pair.pk)
    if getattr(pair, "review", None) is not None and rows.update(**written):
        return
    Review.objects.update_or_create(
        pair_id=pair.pk,
        defaults={"slot_id": pair.slot_id, "reviewer_id": visit.viewer.user_id, **written},
    )


def _require_open(visit: Visit, rules: Rules) -> None:
    if rules.dates.has_closed(visit.now):
        raise Closed(N_("Reviews are closed. Your text is still here."))


def _gone(state: str) -> str:
    """Why a pair of this state takes no more."""
    if state == Pair.DONE:
        return N_("You have sent this review already.")
    if state == Pair.SKIPPED:
        return N_("You have passed this work on.")
    return N_("The time for this review ran out, and others may have the work now. You can still send it.")
