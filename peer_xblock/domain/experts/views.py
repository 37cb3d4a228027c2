"""What the api hands out of a directory: frozen values, ready to be written as JSON."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill by its label in the viewer's language. uri: ESCO's, None for one of our own list."""

    id: str
    label: str
    uri: str | None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Skills that what was typed may mean, best first."""

    skills: tuple[SkillView, ...]
