"""Every call of a review assignment, as people make it: what is gated at two sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from peer_xblock.api.review.reranking import ranked_standing, recount
from peer_xblock.models import Slot
from tests.runtime import Unit

from .assignment import COMMENTS, SCORES, TO_GIVE, WANTED, Assignment

# Statements that a call may cost, the space's and the role's look-up included, the platform's own left out. They are
# what the calls cost now, and do not rise unnoticed.
TARGETS = {
    "open_new": 4,
    "open_holding": 6,
    "open_result": 7,
    "pledge": 7,
    "submit": 14,
    "submit_again": 13,
    "take": 8,
    "save_review": 6,
    "send_review": 17,
    "send_settling": 20,
    "skip_review": 12,
    "oversee_all": 4,
    "oversee_waiting": 4,
    "oversee_deep": 4,
    "read_submission": 6,
    "staff_review": 9,
    "preview": 1,
}
WRITTEN = {"scores": SCORES, "comments": COMMENTS, "overall": "Well done."}
_HALF = 2


class Calls:
    """The people of an assignment in the middle of its term.

    Half of the works have three reviews and half have one. Two learners hold a lease, one has given all, nobody has
    seen the work of one, and one is new.
    """

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        slots = Slot.objects.filter(activity_id=assignment.space.pk)
        self.middle = slots.get(pk=assignment.first_slot + assignment.works // _HALF)
        self.taker, self.holder, self.finisher, self.reader = map(self._author, range(4))
        self.newcomer, _ = User.objects.get_or_create(username="newcomer", defaults={"first_name": "New"})
        self.late = self._author(assignment.works - 1)
        self.leases = {user.pk: self._take(user) for user in (self.holder, self.finisher)}
        self._bring_to_the_brink()
        with transaction.atomic():
            slots.filter(author=self.reader).update(gave=TO_GIVE)
            slots.filter(author=self.late).update(done=0)
            slots.update(key_standing=ranked_standing(WANTED))
            recount(slots, assignment.space.pk)

    def all(self) -> dict[str, Callable[[], None]]:
        """The calls by name."""
        team, work = self._unit(self.newcomer, is_staff=True), {"submission": self.middle.public_id}
        handed_in = {"client_key": "k", "body": "Ten *swings*.", "pledge": True}
        cursor = self.middle.key_order
        return {
            "open_new": self._call(self.newcomer, "open_activity"),
            "open_holding": self._call(self.holder, "open_activity"),
            "open_result": self._call(self.reader, "open_activity"),
            "pledge": self._call(self.newcomer, "pledge"),
            "submit": self._call(self.newcomer, "submit", **handed_in),
            "submit_again": self._call(self.late, "submit", **handed_in, revision=1),
            "take": self._call(self.taker, "take_review"),
            "save_review": self._call(self.holder, "save_review", **self._review(self.holder)),
            "send_review": self._call(self.holder, "send_review", **self._review(self.holder)),
            "send_settling": self._call(self.finisher, "send_review", **self._review(self.finisher)),
            "skip_review": self._call(
                self.holder, "skip_review", review=self.leases[self.holder.pk], reason="other"
            ),
            "oversee_all": self._run(team, "oversee"),
            "oversee_waiting": self._run(team, "oversee", filter="waiting"),
            "oversee_deep": self._run(team, "oversee", cursor=cursor),
            "read_submission": self._run(team, "read_submission", **work),
            "staff_review": self._run(team, "staff_review", **work, scores=SCORES, comments=COMMENTS),
            "preview": self._run(team, "preview", body="Ten *swings*."),
        }

    def _bring_to_the_brink(self) -> None:
        """The finisher's next review settles both their own work and the one that they hold."""
        slots = Slot.objects.filter(activity_id=self.assignment.space.pk)
        slots.filter(author=self.finisher).update(gave=TO_GIVE - 1, done=WANTED)
        held = slots.filter(pairs__public_id=self.leases[self.finisher.pk])
        Slot.objects.filter(pk__in=list(held.values_list("pk", flat=True))).update(
            gave=TO_GIVE, done=WANTED - 1, live=F("live")
        )

    def _take(self, user: User) -> str:
        status, state = self._unit(user).call("take_review")
        if status != 200 or state["review"] is None:
            raise RuntimeError(f"no lease: {status} {state}")
        return str(state["review"]["id"])

    def _review(self, user: User) -> dict[str, Any]:
        return {"review": self.leases[user.pk], **WRITTEN}

    def _unit(self, user: User, *, is_staff: bool = False) -> Unit:
        return self.assignment.unit(user, is_staff=is_staff)

    def _call(self, user: User, operation: str, **values: Any) -> Callable[[], None]:
        return self._run(self._unit(user), operation, **values)

    @staticmethod
    def _run(unit: Unit, operation: str, **values: Any) -> Callable[[], None]:
        def run() -> None:
            status, answer = unit.call(operation, **values)
            if status != 200:
                raise RuntimeError(f"{operation}: {status} {answer}")

        return run

    def _author(self, place: int) -> User:
        """Who handed in at this place."""
        return User.objects.get(pk=self.assignment.first_author + place)
