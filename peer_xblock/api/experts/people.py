"""Listed people as cards: loaded together, whatever it was that found them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from peer_xblock.api.around import Around, open_places
from peer_xblock.api.names import Names
from peer_xblock.api.visits import Visit
from peer_xblock.domain.experts.availability import Availability, availability_of, week_start
from peer_xblock.domain.experts.languages import unpack
from peer_xblock.domain.experts.ranking import PROVEN
from peer_xblock.domain.experts.views import Card, RequestState, SkillView
from peer_xblock.domain.experts.vocabulary import Vocabulary
from peer_xblock.domain.people import Person
from peer_xblock.models import ExpertProfile, ExpertRequest, ProfileSkill

from .evidence import Proof, Proofs, proofs_of, shown
from .skills import skill_view


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who is listed, with how often they were asked this week."""

    profile: ExpertProfile
    asked: int
    availability: Availability


def with_availability(visit: Visit, profiles: Sequence[ExpertProfile]) -> list[Listed]:
    """The profiles with this week's questions counted, in one statement."""
    asked = asked_this_week(visit, [profile.pk for profile in profiles])
    return [
        Listed(profile, asked.get(profile.pk, 0), availability_now(visit, profile, asked.get(profile.pk, 0)))
        for profile in profiles
    ]


def availability_now(visit: Visit, profile: ExpertProfile, asked: int) -> Availability:
    """Whether this person takes questions at the time of the visit."""
    return availability_of(
        weekly_limit=profile.weekly_limit, asked=asked, away_until=profile.away_until, now=visit.now
    )


def asked_this_week(visit: Visit, profiles: Collection[int]) -> Mapping[int, int]:
    """Questions that were put to each since Monday; what they passed on gives its place back."""
    if not profiles:
        return {}
    rows = ExpertRequest.objects.filter(profile__in=profiles, asked_at__gte=week_start(visit.now))
    counted = rows.exclude(state=RequestState.PASSED.value).order_by().values("profile_id")
    return dict(counted.annotate(asked=Count("pk")).values_list("profile_id", "asked"))


def declared_skills(
    profiles: Collection[int], vocabulary: Vocabulary, language: str
) -> Mapping[int, tuple[SkillView, ...]]:
    """The skills of each profile in the person's own order. One statement."""
    found: dict[int, list[SkillView]] = defaultdict(list)
    rows = ProfileSkill.objects.filter(profile__in=profiles).values_list("profile_id", "skill_id", "place")
    for profile, skill, _ in sorted(rows, key=lambda row: row[2]):
        if skill in vocabulary.terms:
            found[profile].append(skill_view(vocabulary.terms[skill], language))
    return {profile: tuple(skills) for profile, skills in found.items()}


@dataclass(frozen=True, slots=True)
class Gallery:
    """Makes the cards of one page.

    proofs: what is known already. asked_skills: asked for, by primary key. by_name: accounts found by their name.
    """

    visit: Visit
    around: Around
    vocabulary: Vocabulary
    proofs: Proofs
    asked_skills: frozenset[int] = frozenset()
    by_name: frozenset[int] = frozenset()

    def cards(self, people: Sequence[Listed]) -> tuple[Card, ...]:
        """At most three statements, and the platform's for the names. Who has no name any more is left out."""
        users = [one.profile.user_id for one in people]
        about_this = self.proofs
        few = [user for user in users if len(_threads(about_this.get(user, ()))) < PROVEN]
        latest = proofs_of(self.visit, self.around, few)
        proofs = {**latest, **about_this}
        new = {user for user in few if len(_threads([*latest.get(user, ()), *proofs.get(user, ())])) < PROVEN}
        names = Names(self.visit)
        names.expect(users)
        language = self.visit.viewer.language
        skills = declared_skills([one.profile.pk for one in people], self.vocabulary, language)
        return tuple(
            self._card(
                one,
                names.person(one.profile.user_id, role=one.profile.role),
                skills.get(one.profile.pk, ()),
                proofs.get(one.profile.user_id, []),
                is_new=one.profile.user_id in new,
            )
            for one in people
            if names.of(one.profile.user_id)
        )

    def _card(
        self,
        one: Listed,
        person: Person,
        skills: tuple[SkillView, ...],
        theirs: Sequence[Proof],
        *,
        is_new: bool,
    ) -> Card:
        profile, user_id = one.profile, one.profile.user_id
        is_me = user_id == self.visit.viewer.user_id
        may_ask = (
            not is_me and not self.visit.viewer.is_preview and bool(open_places(self.visit, self.around))
        )
        return Card(
            id=profile.public_id,
            person=person,
            about_html=profile.about_html,
            languages=unpack(profile.languages),
            availability=availability_view(one.availability),
            skills=skills,
            is_new=is_new,
            is_me=is_me,
            reasons=tuple(self._reasons(user_id, skills, theirs)),
            evidence=shown(theirs, self.visit.now),
            can_ask=may_ask and one.availability.is_open,
        )

    def _reasons(
        self, user_id: int, skills: tuple[SkillView, ...], proofs: Sequence[Proof]
    ) -> Iterable[Mapping[str, Any]]:
        if user_id in self.by_name:
            yield {"kind": "name"}
        if proofs:
            yield {"kind": "answered", "count": len(_threads(proofs))}
        asked = {self.vocabulary.terms[pk].public_id for pk in self.asked_skills}
        for skill in skills:
            if skill.id in asked:
                yield {"kind": "skill", "skill": skill}


def _threads(proofs: Iterable[Proof]) -> set[str]:
    return {proof.thread for proof in proofs}


def availability_view(availability: Availability) -> Mapping[str, Any]:
    """As clients read it; `from` is a date."""
    since = availability.since.isoformat() if availability.since else None
    return {"state": availability.state.value, "from": since, "left": availability.left}
