"""People by a question, a skill or a name; or simply who came last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from peer_xblock import search
from peer_xblock.api.around import Around, look_around
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Invalid, NotFound
from peer_xblock.domain.experts.languages import is_language, speaks
from peer_xblock.domain.experts.ranking import Candidate, rank
from peer_xblock.domain.experts.views import PEOPLE, PEOPLE_MAX, FoundPeople, SortedBy
from peer_xblock.domain.experts.vocabulary import Term, Vocabulary
from peer_xblock.domain.keys import listing_ceiling, listing_floor, skill_floor
from peer_xblock.models import Directory, ExpertProfile, ProfileSkill, SkillTally

from .evidence import Proofs, proofs_about
from .people import Gallery, Listed, with_availability
from .skills import skill_view, vocabulary

# People who are ranked together; a listing goes on after them, a search does not.
WINDOW = 200
QUERY_CAP = 2_000
_NAMES = 20
_CURSOR = re.compile(r"(?:([0-9a-f]{33,40}):)?(\d{1,4})")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for. edge: the key above the window that a listing has come to, None for the first."""

    query: str
    skill: Term | None
    language: str | None
    only_free: bool
    edge: str | None
    offset: int
    limit: int


@dataclass(slots=True)
class _Found:
    """Who may be shown, before they are ranked. next_edge: where a listing's next window begins."""

    people: list[ExpertProfile] = field(default_factory=list)
    proofs: Proofs = field(default_factory=dict)
    understood: list[Term] = field(default_factory=list)
    declaring: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    next_edge: str | None = None


def find_people(
    visit: Visit,
    *,
    query: str = "",
    skill: str | None = None,
    language: str | None = None,
    available: bool = False,
    cursor: str | None = None,
    limit: int = PEOPLE,
) -> FoundPeople:
    """A page of people. Whoever can be asked now comes first.

    With a query: by what they answered about it, then who declares a skill that it names, then by name. Without: who
    declares the skill, or everybody, the latest first. The same number of statements at every size.
    Raises Invalid, TooLarge, NotFound (an unknown skill).
    """
    words = vocabulary()
    edge, offset = _read_cursor(cursor)
    asked = _Asked(
        query=_check_query(query),
        skill=_check_skill(words, skill),
        language=_check_language(language),
        only_free=available,
        edge=edge,
        offset=offset,
        limit=min(max(limit, 1), PEOPLE_MAX),
    )
    around = look_around(visit)
    if not visit.space.context_id:
        return FoundPeople((), 0, None, (), SortedBy.RECENT.value)
    search.catch_up(visit.space.context, now=visit.now)
    found = _search(visit, around, words, asked) if asked.query else _list(visit, around, asked)
    return _page(visit, around, words, asked, found)


def _page(visit: Visit, around: Around, words: Vocabulary, asked: _Asked, found: _Found) -> FoundPeople:
    listed = with_availability(visit, [p for p in found.people if _matches(p, asked)])
    if asked.only_free:
        listed = [one for one in listed if one.availability.is_open]
    ranked = _rank(visit, found, listed)
    shown = ranked[asked.offset : asked.offset + asked.limit]
    terms = [*found.understood, *([asked.skill] if asked.skill else [])]
    skills = frozenset(term.pk for term in terms)
    gallery = Gallery(visit, around, words, found.proofs, skills, frozenset(found.named))
    return FoundPeople(
        people=gallery.cards(shown),
        count=_count(visit, asked, listed),
        next=_next(asked, found, len(ranked)),
        skills=tuple(skill_view(term, visit.viewer.language) for term in found.understood),
        sorted_by=_sorted_by(asked, found).value,
    )


def _search(visit: Visit, around: Around, words: Vocabulary, asked: _Asked) -> _Found:
    """Everybody whom the query points at, in one look at the profiles."""
    context = visit.space.context
    found = _Found(understood=words.understand(asked.query))
    proofs = proofs_about(visit, around, asked.query)
    named = set(search.find_people(context, asked.query, limit=_NAMES))
    declaring = _declaring(context.pk, found.understood)
    wanted = {*proofs, *declaring, *named}
    rows = ExpertProfile.objects.filter(context=context, is_listed=True, user__in=wanted)
    found.people = list(_with_skill(rows, asked.skill))
    there = {profile.user_id for profile in found.people}
    found.proofs = {user: theirs for user, theirs in proofs.items() if user in there}
    found.declaring, found.named = declaring & there, named & there
    return found


def _list(visit: Visit, around: Around, asked: _Asked) -> _Found:
    """A window of the people who declare the skill, or of all; of the former what they answered about it."""
    found = _Found()
    if asked.skill is None:
        found.people, found.next_edge = _latest(visit, asked)
        return found
    found.people, found.next_edge = _latest_declaring(visit, asked, asked.skill)
    found.declaring = {profile.user_id for profile in found.people}
    labels = " ".join(asked.skill.labels.values())
    proofs = proofs_about(visit, around, labels)
    found.proofs = {user: theirs for user, theirs in proofs.items() if user in found.declaring}
    return found


def _latest(visit: Visit, asked: _Asked) -> tuple[list[ExpertProfile], str | None]:
    scope = visit.space.context_id
    upper = min(asked.edge or listing_ceiling(scope), listing_ceiling(scope))
    rows = ExpertProfile.objects.filter(key_recent__gte=listing_floor(scope), key_recent__lt=upper)
    if asked.language:
        code = asked.language
        rows = rows.filter(Q(languages__icontains=f" {code} ") | Q(languages__icontains=f" {code}-"))
    people = list(rows.order_by("-key_recent")[:WINDOW])
    return people, people[-1].key_recent if len(people) == WINDOW else None


def _latest_declaring(visit: Visit, asked: _Asked, skill: Term) -> tuple[list[ExpertProfile], str | None]:
    scope = visit.space.context_id
    ceiling = skill_floor(scope, skill.pk + 1)
    upper = min(asked.edge or ceiling, ceiling)
    rows = ProfileSkill.objects.filter(key__gte=skill_floor(scope, skill.pk), key__lt=upper)
    declared = list(rows.select_related("profile").order_by("-key")[:WINDOW])
    edge = declared[-1].key if len(declared) == WINDOW else None
    return [row.profile for row in declared], edge


def _declaring(context: int, skills: Sequence[Term]) -> set[int]:
    """The accounts of the latest people who declare one of the skills."""
    if not skills:
        return set()
    ranges = Q()
    for term in skills:
        ranges |= Q(key__gte=skill_floor(context, term.pk), key__lt=skill_floor(context, term.pk + 1))
    return set(ProfileSkill.objects.filter(ranges).values_list("profile__user_id", flat=True)[:WINDOW])


def _with_skill(rows: QuerySet[ExpertProfile], skill: Term | None) -> QuerySet[ExpertProfile]:
    return rows if skill is None else rows.filter(skills__skill=skill.pk)


def _matches(profile: ExpertProfile, asked: _Asked) -> bool:
    return asked.language is None or speaks(profile.languages, asked.language)


def _rank(visit: Visit, found: _Found, listed: Sequence[Listed]) -> list[Listed]:
    people = {one.profile.user_id: one for one in listed}
    candidates = [
        Candidate(
            id=user,
            answers=tuple(proof.answer(visit.now) for proof in found.proofs.get(user, ())),
            invited=one.asked,
            is_free=one.availability.is_open,
            is_named=user in found.named,
            declares=user in found.declaring,
            recency=one.profile.key_recent or "",
        )
        for user, one in people.items()
    ]
    return [people[candidate.id] for candidate in rank(candidates)]


def _count(visit: Visit, asked: _Asked, listed: Sequence[Listed]) -> int:
    """All who match where that is kept, else those among the people who were looked at."""
    if asked.query or asked.language or asked.only_free:
        return len(listed)
    if asked.skill is None:
        rows = Directory.objects.filter(context=visit.space.context_id)
    else:
        rows = SkillTally.objects.filter(context=visit.space.context_id, skill=asked.skill.pk)  # type: ignore[assignment]  # both count people
    return next(iter(rows.values_list("people_count", flat=True)), 0)


def _sorted_by(asked: _Asked, found: _Found) -> SortedBy:
    if found.named:
        return SortedBy.NAME
    if asked.skill is not None and not asked.query:
        return SortedBy.SKILL
    if found.proofs:
        return SortedBy.ANSWERS
    return SortedBy.SKILL if found.declaring else SortedBy.RECENT


def _next(asked: _Asked, found: _Found, ranked: int) -> str | None:
    """The rest of this window, then the window after it."""
    after = asked.offset + asked.limit
    if after < ranked:
        return f"{asked.edge}:{after}" if asked.edge else f"{after}"
    return f"{found.next_edge}:0" if found.next_edge else None


def _read_cursor(cursor: str | None) -> tuple[str | None, int]:
    """(edge, offset). Raises Invalid."""
    if cursor is None:
        return None, 0
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise Invalid(N_("This page cannot be found. Start again from the first."), field="cursor")
    return match[1], int(match[2])


def _check_query(query: str) -> str:
    """What is searched is the beginning of a very long question."""
    return query.strip()[:QUERY_CAP]


def _check_skill(words: Vocabulary, skill: str | None) -> Term | None:
    if skill is None:
        return None
    if skill not in words.by_id:
        raise NotFound(N_("There is no such skill."), field="skill")
    return words.by_id[skill]


def _check_language(language: str | None) -> str | None:
    if language is not None and not is_language(language):
        raise Invalid(N_("“%(code)s” is not the code of a language."), field="language", code=language[:20])
    return language
