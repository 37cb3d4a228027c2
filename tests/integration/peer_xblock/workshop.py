"""An assignment of peer review, for the tests: who hands in, who reviews, as the clock goes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User

from peer_xblock.api import review, spaces
from peer_xblock.api.review.reviewing import Reason
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import InvalidFields
from peer_xblock.domain.review.activity import faults_as_options, options_of, read_activity
from peer_xblock.domain.review.views import FileView, Overview, ReadWork, State
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import Slot, Space
from tests.rubrics import OPTIONS, RUBRIC

from .world import COURSE, World

BEST = {"protocol": "more", "doubt": "full"}
WORST = {"protocol": "no", "doubt": "none"}
WORDS = {"protocol": "All is *told*.", "doubt": "Add the ruler's."}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
NO_DATES: dict[str, Any] = {"submissions_due": None, "reviews_open": None, "reviews_due": None}


def docx() -> bytes:
    """The smallest archive that is a Word document by its parts; the same bytes at every call."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
        archive.writestr(zipfile.ZipInfo("word/document.xml"), "<document/>")
    return raw.getvalue()


class Workshop(World):
    """A course with an assignment beside its discussion. Without dates, unless a test gives some."""

    def __init__(self, *, connected: bool = True, **options: Any) -> None:
        super().__init__(connected=connected)
        self.options: dict[str, Any] = {**OPTIONS, **NO_DATES}
        self.assignment = self.set_up(**options)

    def set_up(self, *, block: str = "r1", **options: Any) -> Space:
        """Make the assignment, or change its settings."""
        self.options |= options
        try:
            kept = options_of(read_activity(self.options))
        except InvalidFields as refused:
            kept = faults_as_options(refused)
        usage_key = COURSE.replace("course-v1:", "block-v1:") + f"+type@peer_review+block@{block}"
        settings = spaces.SpaceSettings(SpaceKind.REVIEW, usage_key, COURSE, "Pendulum", options=kept)
        spaces.save_space(settings, now=self.at, rng=self.rng)
        found = spaces.find_space(usage_key)
        assert found is not None
        self.assignment = found
        return found

    def enter(self, user: User, *, is_preview: bool = False) -> Visit:
        return self.visit(user, space=self.assignment, is_preview=is_preview)

    def people(self, count: int) -> list[User]:
        return [self.person(f"Learner{number}") for number in range(count)]

    def open(self, user: User) -> State:
        return review.open_activity(self.enter(user))

    def submit(
        self,
        user: User,
        body: str = "I hung a nut on a thread.",
        *,
        files: Sequence[str] = (),
        revision: int = 0,
        key: str = "",
        pledge: bool = True,
    ) -> State:
        self.later()
        return review.submit(
            self.enter(user),
            client_key=key or self.key(),
            body=body,
            files=files,
            revision=revision,
            pledge=pledge,
        )

    def submit_all(self, users: Sequence[User]) -> None:
        for user in users:
            self.submit(user, f"What {user.first_name} measured.")

    def upload(self, user: User, name: str = "report.pdf", content: bytes = PDF) -> FileView:
        self.later()
        return review.upload_file(self.enter(user), name=name, content=content)

    def take(self, user: User) -> State:
        self.later()
        return review.take_review(self.enter(user))

    def send(
        self, user: User, lease: str, scores: dict[str, str] = BEST, *, words: dict[str, str] = WORDS
    ) -> State:
        self.later()
        visit = self.enter(user)
        return review.send_review(visit, review=lease, scores=scores, comments=words, overall="Well done.")

    def save(self, user: User, lease: str, scores: dict[str, str] | None = None) -> Any:
        self.later()
        visit = self.enter(user)
        return review.save_review(visit, review=lease, scores=scores or {}, comments={}, overall="Half.")

    def skip(self, user: User, lease: str) -> State:
        self.later()
        return review.skip_review(self.enter(user), review=lease, reason=Reason.OFF_TOPIC)

    def give(self, user: User, scores: dict[str, str] = BEST) -> State:
        """Take the next work and review it."""
        taken = self.take(user).review
        assert taken is not None
        return self.send(user, taken.id, scores)

    def oversee(self, user: User, **values: Any) -> Overview:
        return review.oversee(self.enter(user), **values)

    def read(self, user: User, author: User) -> ReadWork:
        return review.read_submission(self.enter(user), submission=self.slot(author).public_id)

    def slot(self, author: User) -> Slot:
        return Slot.objects.get(activity=self.assignment, author=author)

    def tick(self) -> dict[str, int]:
        """What the clock does for assignments."""
        return {
            "returned": review.return_expired(now=self.at),
            "settled": review.settle_due(now=self.at, rng=self.rng),
            "published": review.publish_grades(now=self.at),
        }


__all__ = ["BEST", "COURSE", "PDF", "RUBRIC", "WORDS", "WORST", "Workshop", "docx"]
