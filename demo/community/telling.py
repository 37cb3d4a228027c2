"""Writes the story into the course, oldest first, as if it had just happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from demo.community.story import TOPICS, Comment, Response, Topic
from demo.community.writing import Pens, space_of
from peer_xblock.api import discussion
from peer_xblock.domain.discussion import Kind
from peer_xblock.models import Space

FACILITATOR = "ines"
Step = tuple[float, Callable[[], None]]


class Teller:
    """Turns topics into steps with an age, then takes the steps in order."""

    def __init__(self, course_key: str, *, now: datetime, rng: Random) -> None:
        self._now = now
        self._pens = Pens(rng)
        prefix = course_key.replace("course-v1:", "block-v1:")
        self._spaces = {
            unit: space_of(f"{prefix}+type@peer_discussion+block@{unit}", now=now, rng=rng)
            for unit in sorted({topic.unit for topic in TOPICS})
        }
        self._ids: dict[str, str] = {}

    def tell(self) -> int:
        """Everything; returns the number of steps."""
        steps = [step for index, topic in enumerate(TOPICS) for step in self._topic(f"t{index}", topic)]
        for _, act in sorted(steps, key=lambda step: -step[0]):
            act()
        return len(steps)

    def _visit(self, username: str, space: Space, age_h: float) -> Any:
        return self._pens.visit(username, space, self._now - timedelta(hours=age_h))

    def _topic(self, name: str, topic: Topic) -> list[Step]:
        space = self._spaces[topic.unit]

        def ask() -> None:
            made = discussion.create_thread(
                self._visit(topic.by, space, topic.age_h),
                client_key=f"story-{name}",
                kind=Kind(topic.kind),
                title=topic.title,
                body=topic.body,
                anonymous=topic.anonymous,
            )
            self._ids[name] = made.thread.id

        steps: list[Step] = [(topic.age_h, ask)]
        steps += self._votes(name, topic.votes, space, topic.age_h)
        for index, response in enumerate(topic.responses):
            steps += self._response(f"{name}-r{index}", name, topic, response)
        return steps

    def _response(self, name: str, thread: str, topic: Topic, response: Response) -> list[Step]:
        space = self._spaces[topic.unit]

        def respond() -> None:
            made = discussion.create_response(
                self._visit(response.by, space, response.age_h),
                client_key=f"story-{name}",
                thread=self._ids[thread],
                body=response.body,
                anonymous=response.anonymous,
            )
            self._ids[name] = made.post.id

        def accept() -> None:
            visit = self._visit(topic.by, space, response.age_h * 0.9)
            discussion.accept_answer(visit, post=self._ids[name], on=True)

        def endorse() -> None:
            visit = self._visit(FACILITATOR, space, response.age_h * 0.8)
            discussion.endorse(visit, post=self._ids[name], on=True)

        steps: list[Step] = [(response.age_h, respond)]
        steps += [(response.age_h * 0.9, accept)] if response.accepted else []
        steps += [(response.age_h * 0.8, endorse)] if response.endorsed else []
        steps += self._votes(name, response.votes, space, response.age_h)
        for index, comment in enumerate(response.comments):
            steps.append(self._comment(f"{name}-c{index}", name, space, comment))
        return steps

    def _comment(self, name: str, response: str, space: Space, comment: Comment) -> Step:
        def say() -> None:
            discussion.create_comment(
                self._visit(comment.by, space, comment.age_h),
                client_key=f"story-{name}",
                response=self._ids[response],
                body=comment.body,
                anonymous=comment.anonymous,
            )

        return comment.age_h, say

    def _votes(self, name: str, voters: tuple[str, ...], space: Space, age_h: float) -> list[Step]:
        def vote_of(username: str) -> Callable[[], None]:
            def vote() -> None:
                discussion.vote(self._visit(username, space, age_h * 0.7), post=self._ids[name], on=True)

            return vote

        return [(age_h * 0.7, vote_of(username)) for username in voters]
