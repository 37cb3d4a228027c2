"""The pledge, and the work: handed in once, replaced until somebody has it for review."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError

from peer_xblock.api.discussion.rows import only
from peer_xblock.api.discussion.text import Text
from peer_xblock.api.pictures import attach_pictures
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Closed, Conflict, Invalid, StaleEdit
from peer_xblock.domain.ids import ID_LENGTH, new_id
from peer_xblock.domain.review.activity import Activity as Rules
from peer_xblock.domain.review.activity import Names
from peer_xblock.domain.review.views import State
from peer_xblock.models import Slot, Submission

from .attaching import attach_files, check_count
from .opening import show
from .ranks import Changing
from .ready import activity_of, rules_of
from .reranking import bring_in_line
from .rows import lock_mine
from .telling import tell
from .text import check_work, count_words


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a call brings: the rendered text, the files' ids, the revision that it replaces, the client's key."""

    text: Text
    files: Sequence[str]
    revision: int
    client_key: str
    pledge: bool


def pledge(visit: Visit) -> State:
    """Promise to review. Raises Closed once no work is taken any more; repeating it changes nothing."""
    visit.require_write()
    rules = rules_of(visit)
    _once(lambda: _pledge(visit, rules))
    return show(visit, rules)


def submit(
    visit: Visit,
    *,
    client_key: str,
    body: str,
    files: Sequence[str] = (),
    revision: int = 0,
    pledge: bool = False,
) -> State:
    """Hand in a work, or replace it. revision: 0 for the first, else the one that is replaced.

    Raises Invalid, TooLarge, NotFound (`files`), Closed, StaleEdit, and Conflict once somebody has it for review or it
    is graded.
    """
    visit.require_write()
    rules = rules_of(visit)
    check_count(files)
    hashed = hashlib.sha256(client_key.encode()).hexdigest()[:ID_LENGTH]
    draft = _Draft(check_work(rules, body, len(files)), files, revision, hashed, pledge)
    _once(lambda: _submit(visit, rules, draft))
    return show(visit, rules)


def _once(work: Callable[[], None]) -> None:
    """Again when two first calls of one person met: the other one made the slot."""
    try:
        in_transaction(work)
    except IntegrityError:
        in_transaction(work)


def _pledge(visit: Visit, rules: Rules) -> None:
    if lock_mine(visit) is None:
        _require_open(visit, rules)
        _make_slot(visit)


def _submit(visit: Visit, rules: Rules, draft: _Draft) -> None:
    slot = lock_mine(visit)
    work = only(Submission.objects.filter(slot=slot)) if slot is not None else None
    if work is not None and work.client_key == draft.client_key:
        return
    _require_open(visit, rules)
    if slot is None and not draft.pledge:
        raise Invalid(
            N_("Promise to review others first: that is how your work gets its reviews."), field="pledge"
        )
    if (work.revision if work else 0) != draft.revision:
        raise StaleEdit(
            N_("Your work was changed in another window. Your text is still here."), current=_current(work)
        )
    if slot is not None and slot.done + slot.live > 0:
        raise Conflict(N_("Somebody is reviewing your work: it can no longer be changed."))
    if slot is not None and slot.settled_at is not None:
        raise Conflict(N_("Your work has its grade: it can no longer be changed."))
    _store(visit, rules, draft, slot or _make_slot(visit), work)


def _store(visit: Visit, rules: Rules, draft: _Draft, slot: Slot, work: Submission | None) -> None:
    activity = activity_of(visit.space, rules)
    bring_in_line(visit, rules, (activity.wanted, activity.to_give))
    changing = Changing(rules.wanted, (slot,))
    slot.submitted_at = slot.submitted_at or visit.now
    slot.sequence += 1
    is_new = work is None
    work = work or Submission(slot=slot, revision=0)
    work.source, work.html = draft.text.source, draft.text.html
    work.word_count = count_words(draft.text.html)
    work.revision += 1
    work.client_key = draft.client_key
    work.is_named = rules.names is not Names.NOBODY
    work.save(force_insert=is_new)
    attach_files(visit, slot, draft.files)
    attach_pictures(visit, work.html, slot=slot)
    changing.save("submitted_at", "sequence")
    tell(visit, slot, work)


def _make_slot(visit: Visit) -> Slot:
    return Slot.objects.create(
        activity_id=visit.space.pk,
        author_id=visit.viewer.user_id,
        public_id=new_id(visit.now, visit.rng),
        pledged_at=visit.now,
    )


def _require_open(visit: Visit, rules: Rules) -> None:
    if not rules.dates.takes_submissions(visit.now):
        raise Closed(N_("Works are no longer taken. Your text is still here."))


def _current(work: Submission | None) -> dict[str, object]:
    """The version that is there, for its author."""
    if work is None:
        return {"revision": 0, "source": ""}
    return {"revision": work.revision, "source": work.source}
