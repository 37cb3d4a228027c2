"""Hands in the story's works and reviews, oldest first, through the public api."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from demo.community.workshop_story import OPINIONS, WORKS, Opinion, Work
from demo.community.writing import Pens, space_of
from peer_xblock.api import review
from peer_xblock.models import Space


def tell_workshop(course_key: str, *, now: datetime, rng: Random) -> int:
    """Everything; returns the number of steps. RuntimeError when a reviewer of the story is given nothing."""
    pens = Pens(rng)
    spaces: dict[str, Space] = {}
    steps: list[Work | Opinion] = sorted([*WORKS, *OPINIONS], key=lambda step: -step.age_h)
    for step in steps:
        if step.unit not in spaces:
            prefix = course_key.replace("course-v1:", "block-v1:")
            key = f"{prefix}+type@peer_review+block@{step.unit}"
            spaces[step.unit] = space_of(key, now=now, rng=rng)
        visit = pens.visit(step.by, spaces[step.unit], now - timedelta(hours=step.age_h))
        if isinstance(step, Work):
            review.submit(visit, client_key=f"story-{step.by}", body=step.body, pledge=True)
            continue
        given = review.take_review(visit).review
        if given is None:
            raise RuntimeError(f"{step.by} has nothing to review")
        review.send_review(
            visit, review=given.id, scores=step.scores, comments=step.comments, overall=step.overall
        )
    return len(steps)
