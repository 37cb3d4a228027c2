"""Who of the demo's people chose to be found, and with what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """A profile. skills: by their English labels; weekly: how many questions a week, None for any number."""

    by: str
    about: str
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    weekly: int | None = None


CARDS = (
    Card(
        "tomas",
        "I count fish for a living, so small samples are my daily bread. Ask me before you trust eight points.",
        ("en", "pt"),
        ("Statistical inference", "Sampling", "Python"),
        weekly=3,
    ),
    Card(
        "yuki",
        "New here, and happy to read drawings: I lay out maps for a city.",
        ("en", "fr"),
        ("Data visualisation",),
    ),
    Card(
        "noah",
        "Nurse, back at school. I know what clinical numbers look like before they are tidy.",
        ("en", "sv"),
        ("Surveys", "Statistical inference"),
        weekly=2,
    ),
    Card(
        "ines",
        "I animate this course. **Ask the others first**; they answer faster than I do.",
        ("fr", "en", "pt"),
        ("Facilitation", "Teaching", "Statistical inference"),
        weekly=5,
    ),
)
