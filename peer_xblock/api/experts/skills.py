"""The vocabulary of skills, held in memory by each process and read anew after an import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import ClassVar

from peer_xblock.api.visits import Visit
from peer_xblock.domain.experts.builtin import BUILTIN
from peer_xblock.domain.experts.esco import ESCO
from peer_xblock.domain.experts.views import SkillView, Suggestions
from peer_xblock.domain.experts.vocabulary import Spelling, Term, Vocabulary
from peer_xblock.models import Skill, SkillLabel, Taxonomy

_ADDRESS = "http"
Editions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """A vocabulary and the editions of the lists that it was made from."""

    editions: Editions
    vocabulary: Vocabulary


class _Shelf:
    """What this process holds; empty until somebody asks, so that nothing is read at import or before a fork."""

    lock: ClassVar[Lock] = Lock()
    held: ClassVar[_Held | None] = None


def vocabulary() -> Vocabulary:
    """All skills. One statement, and three more in a process that has not read this edition yet."""
    lists = Taxonomy.objects.filter(name__in=(ESCO, BUILTIN))
    editions = tuple(sorted(lists.values_list("name", "edition")))
    held = _Shelf.held
    if held is not None and held.editions == editions:
        return held.vocabulary
    with _Shelf.lock:
        held = _Shelf.held
        if held is None or held.editions != editions:
            held = _Shelf.held = _Held(editions, _read())
    return held.vocabulary


def suggest_skills(visit: Visit, *, text: str) -> Suggestions:
    """The skills that somebody who typed this may mean, in either language and with a typo or two; at most 8."""
    found = vocabulary().suggest(text)
    return Suggestions(tuple(skill_view(term, visit.viewer.language) for term in found))


def skill_view(term: Term, language: str) -> SkillView:
    """A skill in the viewer's language."""
    return SkillView(term.public_id, term.label(language), term.uri)


def _read() -> Vocabulary:
    preferred: dict[int, dict[str, str]] = {}
    spellings: list[Spelling] = []
    labels = SkillLabel.objects.values_list("skill_id", "language", "text", "folded", "is_preferred")
    for skill, language, text, folded, is_preferred in labels.order_by("pk").iterator(chunk_size=5000):
        spellings.append(Spelling(skill, folded))
        if is_preferred:
            preferred.setdefault(skill, {})[language] = text
    return Vocabulary(_terms(preferred), spellings)


def _terms(preferred: dict[int, dict[str, str]]) -> Iterable[Term]:
    for pk, public_id, key in Skill.objects.values_list("pk", "public_id", "key").order_by("pk"):
        if pk in preferred:
            yield Term(pk, public_id, key if key.startswith(_ADDRESS) else None, preferred[pk])
