"""Three works; Amina holds one of them, and has a file."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from peer_xblock.domain.discussion import CAPS
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.operations import REGISTRIES
from peer_xblock.peer_review import PeerReviewXBlock
from tests.integration.peer_xblock.workshop import BEST, PDF, WORDS, Workshop
from tests.rubrics import RUBRIC
from tests.runtime import Unit

from . import WRITING, WRITING_READS, Stage

SETTINGS = {"wanted": 3, "to_give": 3, "rubric": RUBRIC, "display_name": "Pendulum", "file_types": "pdf"}
TEAM = ("oversee", "read_submission", "staff_review")
_NEWCOMERS = ("pledge", "submit")


class ReviewStage(Stage):
    """Handed in by a newcomer, taken by Tomás, judged by the team; all else is Amina's."""

    operations = REGISTRIES[SpaceKind.REVIEW]
    reads = (*WRITING_READS, "open_activity", "preview", "get_file", "oversee", "read_submission")
    refusals = {
        "submit": [
            ({"body": " "}, (400, "invalid", "body")),
            ({"body": "\u200b"}, (400, "invalid", "body")),
            ({"body": "x" * (CAPS.body + 1)}, (413, "too_large", "body")),
            ({"pledge": False}, (400, "invalid", "pledge")),
            ({"files": [f"{n:032x}" for n in range(6)]}, (400, "invalid", "files")),
            ({"revision": 3}, (409, "stale_edit", "")),
        ],
        "upload_file": [
            ({"name": "report.exe"}, (400, "invalid", "name")),
            ({"content": b"words"}, (400, "invalid", "content")),
            ({"content": b""}, (400, "invalid", "content")),
        ],
        "save_review": [
            ({"scores": {"style": "good"}}, (400, "invalid", "scores.style")),
            ({"comments": {"style": "good"}}, (400, "invalid", "comments.style")),
            ({"overall": "x" * 5001}, (413, "too_large", "overall")),
        ],
        "send_review": [
            ({"scores": {"protocol": "yes"}}, (400, "invalid", "scores.doubt")),
            ({"comments": {"protocol": "Good."}}, (400, "invalid", "comments.doubt")),
        ],
        "skip_review": [
            ({"reason": "bored"}, (400, "invalid", "reason")),
            ({"note": "x" * 501}, (413, "too_large", "note")),
        ],
        "staff_review": [
            ({"scores": {}}, (400, "invalid", "scores.protocol")),
            ({"comments": {}}, (400, "invalid", "comments.protocol")),
        ],
        "oversee": [
            ({"filter": "lost"}, (400, "invalid", "filter")),
            ({"cursor": "first"}, (400, "invalid", "cursor")),
        ],
        "get_file": [({"file": "../../etc/passwd"}, (400, "invalid", "file"))],
    }

    def __init__(self) -> None:
        self.workshop = workshop = Workshop(file_types=[".pdf"])
        amina = workshop.person("Amina")
        workshop.submit_all([amina, workshop.person("Tomás"), workshop.person("Yuki")])
        file = workshop.upload(amina).id
        lease = workshop.take(amina).review
        assert lease is not None
        judged = {"scores": BEST, "comments": WORDS, "overall": "Well done."}
        work = {"submission": workshop.slot(workshop.person("Yuki")).public_id}
        self.requests: dict[str, dict[str, Any]] = {
            **WRITING,
            **{name: {} for name in ("open_activity", "pledge", "take_review", "oversee")},
            "submit": {"client_key": "k", "body": "Text.", "files": [], "revision": 0, "pledge": True},
            "preview": {"body": "Text."},
            "upload_file": {"name": "report.pdf", "content": PDF},
            **{name: {"file": file} for name in ("remove_file", "get_file")},
            **{name: {"review": lease.id, **judged} for name in ("save_review", "send_review")},
            "skip_review": {"review": lease.id, "reason": "other", "note": "Why."},
            "read_submission": work,
            "staff_review": {**work, **judged},
        }
        self.unit(amina).block.student_view({})  # From here on the space is the block's.

    def unit(self, user: User | None, **more: Any) -> Unit:
        return Unit(user, of=PeerReviewXBlock, **{"block": "r1", **SETTINGS, **more})

    def person(self, name: str) -> User:
        if name in TEAM:
            return self.workshop.staff("Jo")
        newcomers = dict.fromkeys(_NEWCOMERS, "New")
        return self.workshop.person({**newcomers, "take_review": "Tomás"}.get(name, "Amina"))

    def elsewhere(self, name: str) -> Unit:
        return self.unit(self.person(name), block="r2")
