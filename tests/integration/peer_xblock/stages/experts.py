"""A directory with Tomás and Yuki in it; Tomás was asked something, and each request is his."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from opaque_keys.edx.keys import UsageKey

from peer_xblock.domain.discussion import CAPS
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.expert_directory import ExpertDirectoryXBlock
from peer_xblock.models import ExpertProfile
from peer_xblock.operations import REGISTRIES
from tests.integration.peer_xblock.town import Town
from tests.runtime import Unit

from . import NOBODY, WRITING, WRITING_READS, Stage

TITLE = "People who can help"
ELSEWHERE = "block-v1:Peer+DL102+2026+type@expert_directory+block@e1"


class ExpertsStage(Stage):
    """A course with a discussion and a directory."""

    operations = REGISTRIES[SpaceKind.EXPERTS]
    reads = (*WRITING_READS, "open_directory", "find_people", "suggest_skills", "preview")
    refusals = {
        "find_people": [
            ({"cursor": "x"}, (400, "invalid", "cursor")),
            ({"language": "français"}, (400, "invalid", "language")),
        ],
        "save_profile": [
            ({"about": "x" * 2_001}, (413, "too_large", "about")),
            ({"languages": ["f"]}, (400, "invalid", "languages")),
            ({"languages": [f"x{letter}" for letter in "abcdefghijk"]}, (400, "invalid", "languages")),
            ({"away_until": "tomorrow"}, (400, "invalid", "away_until")),
            ({"weekly_limit": 0}, (400, "invalid", "weekly_limit")),
            ({"revision": 9}, (409, "stale_edit", "")),
        ],
        "ask": [
            ({"title": "x" * (CAPS.title + 1)}, (413, "too_large", "title")),
            ({"title": " "}, (400, "invalid", "title")),
            ({"body": "x" * (CAPS.body + 1)}, (413, "too_large", "body")),
            ({"body": "&nbsp;"}, (400, "invalid", "body")),
            ({"body": ""}, (400, "invalid", "body")),
            ({"person": NOBODY}, (404, "not_found", "person")),
            ({"space": NOBODY}, (404, "not_found", "space")),
        ],
        "preview": [({"body": "x" * (CAPS.body + 1)}, (413, "too_large", "body"))],
    }

    def __init__(self) -> None:
        self.town = town = Town()
        tomas = town.person("Tomás")
        self.unit(tomas).block.student_view({})
        town.join(tomas, "Python")
        town.join(town.person("Yuki"), "Law")
        asked = town.put(town.person("Amina"), tomas).request.id
        profile = {"about": "", "languages": ["fr"], "skills": [town.skill("Law")], "revision": 1}
        person = ExpertProfile.objects.get(user__first_name="Yuki").public_id
        question = {"space": town.space.public_id, "title": "Why?", "body": "So."}
        self.requests: dict[str, dict[str, Any]] = {
            **WRITING,
            "open_directory": {},
            "find_people": {"query": "python", "skill": town.skill("Python"), "language": "en"},
            "suggest_skills": {"text": "pyton"},
            "save_profile": {**profile, "is_listed": True, "weekly_limit": 3, "away_until": "2026-12-01"},
            "ask": {"client_key": "k", "person": person, **question},
            "answer_request": {"request": asked, "accept": True},
            "preview": {"body": "*Text*"},
        }

    def unit(self, user: User | None, **more: Any) -> Unit:
        return Unit(user, of=ExpertDirectoryXBlock, **{"block": "e1", "display_name": TITLE, **more})

    def person(self, name: str) -> User:
        del name
        return self.town.person("Tomás")

    def elsewhere(self, name: str) -> Unit:
        """In another course: a directory is a course's."""
        return self.unit(self.person(name), usage_key=UsageKey.from_string(ELSEWHERE))
