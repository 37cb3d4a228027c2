"""A directory as it opens: who looks, what they show themselves, what is asked, what others know."""

from __future__ import annotations

from dataclasses import replace

from peer_xblock import search
from peer_xblock.api.around import look_around
from peer_xblock.api.names import reader
from peer_xblock.api.visits import Visit
from peer_xblock.domain.discussion import CAPS, Preview
from peer_xblock.domain.errors import N_, TooLarge
from peer_xblock.domain.experts.views import DirectoryView, OpenDirectory, SkillCount
from peer_xblock.domain.experts.vocabulary import Vocabulary
from peer_xblock.domain.markup import render_markdown
from peer_xblock.models import Directory, SkillTally

from .asking import my_requests, places
from .profiles import find_mine, my_profile
from .skills import skill_view, vocabulary

TOP_SKILLS = 12


def open_directory(visit: Visit) -> OpenDirectory:
    """All that the block shows beside the people. The same number of statements at every size."""
    words = vocabulary()
    around = look_around(visit)
    is_stored = bool(visit.space.context_id)
    if is_stored:
        search.catch_up(visit.space.context, now=visit.now)
    mine = find_mine(visit) if is_stored else None
    return OpenDirectory(
        viewer=reader(replace(visit, viewer=replace(visit.viewer, group=around.group))),
        directory=_directory(visit),
        me=my_profile(visit, around, words, mine),
        count=_people_count(visit),
        skills=_top_skills(visit, words),
        requests=my_requests(visit, around, mine) if is_stored else (),
        spaces=places(visit, around),
    )


def preview(_visit: Visit, *, body: str) -> Preview:
    """The text as it will look; nothing is stored."""
    if len(body) > CAPS.body:
        raise TooLarge(
            N_("The text has %(length)d characters; %(cap)d fit."),
            field="body",
            length=len(body),
            cap=CAPS.body,
        )
    return Preview(render_markdown(body))


def _directory(visit: Visit) -> DirectoryView:
    options = visit.space.options
    intro = str(options.get("intro", ""))
    return DirectoryView(
        title=visit.space.title,
        intro_html=render_markdown(intro) if intro.strip() else "",
        languages=tuple(str(code) for code in options.get("languages", ())),
    )


def _people_count(visit: Visit) -> int:
    rows = Directory.objects.filter(context=visit.space.context_id).values_list("people_count", flat=True)
    return next(iter(rows), 0)


def _top_skills(visit: Visit, words: Vocabulary) -> tuple[SkillCount, ...]:
    tallies = SkillTally.objects.filter(context=visit.space.context_id, people_count__gt=0)
    top = tallies.order_by("-people_count", "-skill_id").values_list("skill_id", "people_count")[:TOP_SKILLS]
    shown = (
        (skill_view(words.terms[pk], visit.viewer.language), count) for pk, count in top if pk in words.terms
    )
    return tuple(SkillCount(skill.id, skill.label, skill.uri, count) for skill, count in shown)
