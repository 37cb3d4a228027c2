"""What a learner's page shows: where they stand, what comes next and when, the work that they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peer_xblock.api.discussion.rows import only
from peer_xblock.api.names import reader
from peer_xblock.api.visits import Visit
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.steps import Progress, may_read, steps_of, why_waiting
from peer_xblock.domain.review.views import Assignment, Can, Mine, Result, State, Waiting
from peer_xblock.models import Pair, Review, Slot, StoredFile

from .present import Presenter, show_file
from .ready import rules_of
from .rows import (
    draft_files,
    files_of,
    held_pair,
    my_slot,
    open_slots,
    peer_reviews,
    team_review,
    work_of,
)
from .settling import STAFF


def open_activity(visit: Visit) -> State:
    """The assignment as the viewer has it. Raises NotReady."""
    return show(visit, rules_of(visit))


def show(visit: Visit, rules: Rules) -> State:
    """The state as it is now; the same statements whatever the size."""
    slot = my_slot(visit)
    pair = held_pair(visit) if slot is not None else None
    mine = progress_of(slot, has_lease=pair is not None)
    can_look = pair is None and why_waiting(rules, mine, visit.now) is None
    if can_look and only(open_slots(visit)[:1]) is None:
        mine = progress_of(slot, has_next=False)
    page = _Page(visit, rules, slot, mine, pair)
    waiting = why_waiting(rules, mine, visit.now) if pair is None else None
    return State(
        viewer=reader(visit),
        activity=page.presenter.activity(),
        steps=steps_of(rules, mine, visit.now),
        mine=page.mine(),
        review=page.review(),
        waiting=Waiting(*waiting) if waiting else None,
        can=page.can(is_free=waiting is None),
    )


def progress_of(slot: Any, *, has_lease: bool = False, has_next: bool = True) -> Progress:
    """Where an author stands, from their slot."""
    if slot is None:
        return Progress()
    return Progress(
        submitted_at=slot.submitted_at,
        gave=slot.gave,
        gave_at=slot.gave_at,
        received=slot.done,
        settled_at=slot.settled_at,
        has_lease=has_lease,
        has_next=has_next,
    )


class _Page:
    """What belongs to one reader: rows are fetched first, then shown, so that names are looked up once."""

    def __init__(
        self, visit: Visit, rules: Rules, slot: Slot | None, progress: Progress, pair: Pair | None
    ) -> None:
        self.visit, self.rules, self.slot, self.progress, self.pair = visit, rules, slot, progress, pair
        self.presenter = Presenter(visit, rules)
        self.work = work_of(slot)
        self.can_write = not visit.viewer.is_preview and rules.dates.takes_submissions(visit.now)
        self.files: list[StoredFile] = []
        self.drafts: list[StoredFile] = []
        if rules.takes_files:
            shown = [s.pk for s in (slot if self.work else None, pair.slot if pair else None) if s]
            self.files = files_of(*shown) if shown else []
            self.drafts = draft_files(visit) if self.can_write else []
        self.peers: Sequence[Review] = ()
        self.team: Review | None = None
        self.may_read = may_read(rules, progress, visit.now)
        if self.may_read and slot is not None:
            self._fetch_reviews(slot)
        if pair is not None and self.presenter.may_know_author(pair.slot.submission):
            self.presenter.names.expect([pair.slot.author_id])

    def _fetch_reviews(self, slot: Slot) -> None:
        if slot.done:
            self.peers = peer_reviews(slot.pk)
        if slot.settled_by == STAFF:
            self.team = team_review(slot)
        self.presenter.expect_reviewers([*self.peers, *([self.team] if self.team else [])])

    def mine(self) -> Mine:
        """The reader's own work, and what became of it."""
        slot, work, given = self.slot, self.work, self.progress.gave
        files = [row for row in self.files if slot is not None and row.slot_id == slot.pk]
        return Mine(
            pledged=slot is not None,
            submission=self.presenter.submission(slot, work, files) if work else None,
            draft_files=tuple(map(show_file, self.drafts)),
            reviews_given=given,
            reviews_left=max(self.rules.to_give - given, 0),
            reviews_received=self.progress.received,
            being_reviewed=slot.live if slot is not None else 0,
            result=self._result(),
        )

    def _result(self) -> Result | None:
        if not self.may_read or self.slot is None:
            return None
        return self.presenter.result(self.slot, self.peers, self.team)

    def review(self) -> Assignment | None:
        """The work that the reader holds."""
        if self.pair is None:
            return None
        files = [row for row in self.files if row.slot_id == self.pair.slot_id]
        return self.presenter.assignment(self.pair, files, number=self.progress.gave + 1)

    def can(self, *, is_free: bool) -> Can:
        """What the reader may do now. is_free: whether a work could be had."""
        viewer = self.visit.viewer
        slot = self.slot
        is_taken = slot is not None and (slot.done + slot.live > 0 or slot.settled_at is not None)
        return Can(
            submit=self.can_write and self.work is None,
            edit=self.can_write and self.work is not None and not is_taken,
            review=not viewer.is_preview and self.pair is None and is_free,
            read_result=self.may_read,
            oversee=viewer.is_moderator,
        )
