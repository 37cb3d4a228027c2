"""One's own profile: off until one asks for it, and off at once when one leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError

from peer_xblock.api.around import Around, look_around
from peer_xblock.api.transactions import in_transaction
from peer_xblock.api.visits import Visit
from peer_xblock.domain.errors import N_, Invalid, NotFound, StaleEdit, TooLarge
from peer_xblock.domain.experts.languages import LANGUAGES_KEPT, is_language, pack, unpack
from peer_xblock.domain.experts.views import MyProfile
from peer_xblock.domain.experts.vocabulary import Vocabulary
from peer_xblock.domain.ids import new_id
from peer_xblock.domain.markup import is_blank, render_markdown
from peer_xblock.models import ExpertProfile, ProfileSkill

from . import listing
from .evidence import proofs_of, shown
from .people import declared_skills
from .skills import vocabulary

ABOUT_CAP = 2_000
SKILLS_KEPT = 30
WEEKLY_MAX = 50


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is to be saved, checked and rendered. skills: by primary key."""

    is_listed: bool
    about: str
    about_html: str
    languages: str
    weekly_limit: int | None
    away_until: date | None
    skills: tuple[int, ...]


def save_profile(
    visit: Visit,
    *,
    is_listed: bool,
    about: str,
    languages: list[str],
    skills: list[str],
    revision: int,
    weekly_limit: int | None = None,
    away_until: date | None = None,
) -> MyProfile:
    """Save one's profile in this course. revision: of the profile that was edited, 0 when there was none.

    Raises Invalid, TooLarge, NotFound (an unknown skill), PreviewOnly; StaleEdit with the newer profile.
    """
    visit.require_write()
    words = vocabulary()
    html = _check_about(about)
    draft = _Draft(
        is_listed,
        about.strip(),
        html,
        _check_languages(languages),
        weekly_limit,
        away_until,
        _check_skills(words, skills),
    )
    try:
        profile, is_saved = in_transaction(lambda: _save(visit, draft, revision))
    except IntegrityError:  # Two first saves at once: the other one made it, and this one is told so.
        profile, is_saved = in_transaction(lambda: _save(visit, draft, revision))
    shown_now = my_profile(visit, look_around(visit), words, profile)
    if not is_saved:
        raise StaleEdit(N_("Your profile was changed somewhere else meanwhile."), current=shown_now)
    return shown_now


def my_profile(visit: Visit, around: Around, words: Vocabulary, profile: ExpertProfile | None) -> MyProfile:
    """The profile as its owner sees it, with the evidence that others would see. At most two statements."""
    user_id = visit.viewer.user_id
    proofs = proofs_of(visit, around, [user_id]).get(user_id, []) if user_id else []
    evidence = shown(proofs, visit.now)
    if profile is None:
        return MyProfile(None, False, "", (), None, None, (), 0, evidence)
    skills = declared_skills([profile.pk], words, visit.viewer.language).get(profile.pk, ())
    return MyProfile(
        id=profile.public_id,
        is_listed=profile.is_listed,
        about=profile.about,
        languages=unpack(profile.languages),
        weekly_limit=profile.weekly_limit,
        away_until=profile.away_until.isoformat() if profile.away_until else None,
        skills=skills,
        revision=profile.revision,
        evidence=evidence,
    )


def find_mine(visit: Visit) -> ExpertProfile | None:
    """The viewer's profile in this course."""
    rows = ExpertProfile.objects.filter(context=visit.space.context_id, user=visit.viewer.user_id)
    return next(iter(rows), None)


def _save(visit: Visit, draft: _Draft, revision: int) -> tuple[ExpertProfile, bool]:
    """The profile as it is afterwards, and whether it was saved: not when somebody had saved a newer one."""
    rows = ExpertProfile.objects.select_for_update()
    profile = next(
        iter(rows.filter(context=visit.space.context_id, user=visit.viewer.user_id)), None
    ) or ExpertProfile(
        context_id=visit.space.context_id,
        user_id=visit.viewer.user_id,
        public_id=new_id(visit.now, visit.rng),
        created_at=visit.now,
    )
    if profile.revision != revision:
        return profile, False
    was = _declared(profile) if profile.is_listed else None
    profile.is_listed, profile.role = draft.is_listed, visit.viewer.role.value
    profile.about, profile.about_html = draft.about, draft.about_html
    profile.languages = draft.languages
    profile.weekly_limit, profile.away_until = draft.weekly_limit, draft.away_until
    profile.revision += 1
    listing.place(profile, now=visit.now)
    profile.save()
    listing.write_skills(profile, draft.skills)
    listing.count(profile.context_id, was=was, now_is=draft.skills if draft.is_listed else None)
    return profile, True


def _declared(profile: ExpertProfile) -> set[int]:
    return set(ProfileSkill.objects.filter(profile=profile).values_list("skill_id", flat=True))


def _check_about(about: str) -> str:
    """The text as HTML, "" when nothing would be seen."""
    if len(about) > ABOUT_CAP:
        raise TooLarge(
            N_("The text has %(length)d characters; %(cap)d fit."),
            field="about",
            length=len(about),
            cap=ABOUT_CAP,
        )
    html = render_markdown(about)
    return "" if is_blank(html) else html


def _check_languages(codes: list[str]) -> str:
    for code in codes:
        if not is_language(code):
            message = N_("“%(code)s” is not the code of a language.")
            raise Invalid(message, field="languages", code=code[:20])
    if len(codes) > LANGUAGES_KEPT:
        raise Invalid(N_("At most %(cap)d languages fit."), field="languages", cap=LANGUAGES_KEPT)
    return pack(codes)


def _check_skills(words: Vocabulary, skills: list[str]) -> tuple[int, ...]:
    if len(skills) > SKILLS_KEPT:
        raise Invalid(N_("At most %(cap)d skills fit."), field="skills", cap=SKILLS_KEPT)
    for ident in skills:
        if ident not in words.by_id:
            raise NotFound(N_("There is no such skill."), field="skills")
    return tuple(dict.fromkeys(words.by_id[ident].pk for ident in skills))
