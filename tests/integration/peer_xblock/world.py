"""A small course for the api's tests: one space, its people, and visits at a time that the test moves."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User

from peer_xblock.api import discussion, spaces
from peer_xblock.api.visits import Visit, enter
from peer_xblock.domain.discussion import Kind, NewReply, NewThread
from peer_xblock.domain.people import Actor
from peer_xblock.domain.spaces import SpaceKind
from peer_xblock.models import Connection, LearningContext, Space
from peer_xblock.operations import Call
from tests.runtime import DISCUSSION_OPTIONS

DISCUSSION = SpaceKind.DISCUSSION
COURSE = "course-v1:Peer+DL101+2026"
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def everything_stored() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of ours, so that a test can say that nothing was written."""
    models = apps.get_app_config("peer_xblock").get_models()
    return {
        model._meta.db_table: list(model._default_manager.order_by("pk").values_list()) for model in models
    }


def posted(values: object) -> Call:
    """The request that a client sends for these values."""
    raw = json.dumps(values).encode()
    return Call(length=len(raw), read=lambda: raw)


class World:
    """People by first name; `at` is the present, moved by `later`."""

    def __init__(
        self,
        *,
        anonymity: str = "named",
        is_divided: bool = False,
        connected: bool = True,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.at = START
        self.rng = Random(7)
        self._keys = itertools.count()
        self.connection = Connection.objects.create(slug="acme", bridge_url="http://bridge.example.test")
        self.space = self.add_space("u1", anonymity=anonymity, is_divided=is_divided, options=options)
        if connected:
            LearningContext.objects.update(connection=self.connection)
        self.space = self.reload()

    def add_space(
        self,
        block: str,
        *,
        course: str = COURSE,
        anonymity: str = "named",
        is_divided: bool = False,
        options: Mapping[str, Any] | None = None,
    ) -> Space:
        """The space of a block, made or brought in line with these settings."""
        usage_key = course.replace("course-v1:", "block-v1:") + f"+type@peer_discussion+block@{block}"
        title = f"Discussion {block}"
        settings = spaces.SpaceSettings(
            DISCUSSION,
            usage_key,
            course,
            title,
            anonymity,
            is_divided,
            {**DISCUSSION_OPTIONS, **(options or {})},
        )
        return spaces.save_space(settings, now=self.at, rng=self.rng)

    def reload(self) -> Space:
        space = spaces.find_space(self.space.usage_key)
        assert space is not None
        return space

    def person(self, name: str, *roles: str) -> User:
        user, _ = User.objects.get_or_create(username=name.lower(), defaults={"first_name": name})
        for role in roles:
            user.groups.add(Group.objects.get_or_create(name=role)[0])
        return user

    def facilitator(self, name: str) -> User:
        return self.person(name, f"facilitator|{COURSE}")

    def staff(self, name: str) -> User:
        return self.person(name, f"staff|{COURSE}")

    def in_cohort(self, name: str, cohort: str) -> User:
        return self.person(name, f"cohort:{cohort}|{COURSE}|Cohort {cohort}")

    def later(self, **delta: float) -> None:
        self.at += timedelta(**(delta or {"minutes": 1}))

    def visit(
        self, user: User, *, space: Space | None = None, is_preview: bool = False, language: str = "en"
    ) -> Visit:
        actor = Actor(user.pk, user.first_name, is_preview=is_preview, language=language)
        return enter(actor, space or self.reload(), now=self.at, rng=self.rng)

    def key(self) -> str:
        return f"key-{next(self._keys)}"

    def ask(
        self,
        user: User,
        title: str = "Why?",
        body: str = "Because *I* ask.",
        *,
        kind: Kind = Kind.QUESTION,
        key: str = "",
        anonymous: bool = False,
    ) -> NewThread:
        self.later()
        return discussion.create_thread(
            self.visit(user),
            client_key=key or self.key(),
            kind=kind,
            title=title,
            body=body,
            anonymous=anonymous,
        )

    def respond(
        self, user: User, thread: str, body: str = "So.", *, key: str = "", anonymous: bool = False
    ) -> NewReply:
        self.later()
        return discussion.create_response(
            self.visit(user), client_key=key or self.key(), thread=thread, body=body, anonymous=anonymous
        )

    def comment(
        self, user: User, response: str, body: str = "Indeed.", *, key: str = "", anonymous: bool = False
    ) -> NewReply:
        self.later()
        return discussion.create_comment(
            self.visit(user), client_key=key or self.key(), response=response, body=body, anonymous=anonymous
        )
