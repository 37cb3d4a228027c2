"""Puts the story's people into the course's directory, through the public api."""

from __future__ import annotations

from datetime import datetime
from random import Random

from demo.community.experts_story import CARDS
from demo.community.writing import Pens, space_of
from peer_xblock.api import experts
from peer_xblock.api.experts.importing import import_builtin

DIRECTORY = "people51"


def tell_directory(course_key: str, *, now: datetime, rng: Random) -> int:
    """Load the built-in skills and save each card; returns how many."""
    import_builtin(now=now, rng=rng)
    prefix = course_key.replace("course-v1:", "block-v1:")
    space = space_of(f"{prefix}+type@expert_directory+block@{DIRECTORY}", now=now, rng=rng)
    pens = Pens(rng)
    for card in CARDS:
        visit = pens.visit(card.by, space, now)
        skills = [experts.suggest_skills(visit, text=label).skills[0].id for label in card.skills]
        experts.save_profile(
            visit,
            is_listed=True,
            about=card.about,
            languages=list(card.languages),
            weekly_limit=card.weekly,
            skills=skills,
            revision=0,
        )
    return len(CARDS)
