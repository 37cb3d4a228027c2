"""Skills into the tables: a whole list at a time, in bulk; what is there already is brought in line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from random import Random

from peer_xblock.api.transactions import in_transaction
from peer_xblock.domain.experts.builtin import BUILTIN, BUILTIN_SKILLS
from peer_xblock.domain.experts.folding import fold
from peer_xblock.domain.ids import new_id
from peer_xblock.models import Skill, SkillLabel, Taxonomy
from peer_xblock.models.spaces import hash_key

_BATCH = 1000
# The labels of a skill in one language, the preferred one first, by the skill's key.
Labels = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changed. removed: labels that the list no longer has; skills stay, since profiles use them."""

    skills: int
    labels: int
    removed: int


def import_skills(taxonomy: str, language: str, labels: Labels, *, now: datetime, rng: Random) -> Imported:
    """Bring the labels of one language in line, all or none. Repeating it changes nothing.

    A handful of statements, and one more for each thousand rows that are new.
    """
    return in_transaction(lambda: _import(taxonomy, language, labels, now=now, rng=rng))


def import_builtin(*, now: datetime, rng: Random) -> Imported:
    """Our own list, in English and French."""
    english = {skill.key: skill.en for skill in BUILTIN_SKILLS}
    french = {skill.key: skill.fr for skill in BUILTIN_SKILLS}
    one = import_skills(BUILTIN, "en", english, now=now, rng=rng)
    two = import_skills(BUILTIN, "fr", french, now=now, rng=rng)
    return Imported(one.skills + two.skills, one.labels + two.labels, one.removed + two.removed)


def _import(taxonomy: str, language: str, labels: Labels, *, now: datetime, rng: Random) -> Imported:
    first = {"edition": new_id(now, rng), "imported_at": now}
    row, _ = Taxonomy.objects.select_for_update().get_or_create(name=taxonomy, defaults=first)
    known = dict(Skill.objects.filter(taxonomy=row).values_list("key", "pk"))
    missing = [key for key in labels if key not in known]
    made = [
        Skill(taxonomy=row, public_id=new_id(now, rng), key=key, key_hash=hash_key(key)) for key in missing
    ]
    Skill.objects.bulk_create(made, batch_size=_BATCH)
    if made:
        known = dict(Skill.objects.filter(taxonomy=row).values_list("key", "pk"))
    added, removed = _bring_in_line(row, language, {known[key]: texts for key, texts in labels.items()})
    if made or added or removed:
        Taxonomy.objects.filter(pk=row.pk).update(edition=new_id(now, rng), imported_at=now)
    return Imported(len(made), added, removed)


def _bring_in_line(
    taxonomy: Taxonomy, language: str, wanted: Mapping[int, tuple[str, ...]]
) -> tuple[int, int]:
    """(labels added, labels removed). A label that became the preferred one, or no longer is it, counts as both."""
    rows = SkillLabel.objects.filter(skill__taxonomy=taxonomy, language=language)
    there = {
        (skill, text_hash, is_preferred): pk
        for pk, skill, text_hash, is_preferred in rows.values_list(
            "pk", "skill_id", "text_hash", "is_preferred"
        )
    }
    labels = {
        (label.skill_id, label.text_hash, label.is_preferred): label
        for skill, texts in wanted.items()
        for label in _labels(skill, language, texts)
    }
    gone = [pk for found, pk in there.items() if found not in labels and found[0] in wanted]
    for start in range(0, len(gone), _BATCH):
        SkillLabel.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    new = [label for found, label in labels.items() if found not in there]
    SkillLabel.objects.bulk_create(new, batch_size=_BATCH)
    return len(new), len(gone)


def _labels(skill: int, language: str, texts: Iterable[str]) -> Iterable[SkillLabel]:
    for place, text in enumerate(texts):
        yield SkillLabel(
            skill_id=skill,
            language=language,
            text=text,
            text_hash=sha256(f"{language}:{text}".encode()).hexdigest(),
            folded=fold(text)[:255],
            is_preferred=place == 0,
        )
