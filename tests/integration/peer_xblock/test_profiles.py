"""One's own profile: nobody is listed who did not ask for it."""

from __future__ import annotations

from random import Random

import pytest
from django.core.management import call_command

from peer_xblock import search
from peer_xblock.api import experts
from peer_xblock.api.retiring import request_retirement, retire_people
from peer_xblock.domain.errors import Invalid, NotFound, PreviewOnly, StaleEdit, TooLarge
from peer_xblock.models import ExpertProfile, ExpertRequest, ProfileSkill, SkillTally
from peer_xblock.search.folder import Folder

from .town import Town
from .world import COURSE, everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def test_nobody_is_listed_before_they_ask_for_it(town: Town) -> None:
    amina = town.person("Amina")
    opened = experts.open_directory(town.enter(amina))
    assert (opened.me.id, opened.me.is_listed, opened.me.revision, opened.count) == (None, False, 0, 0)
    assert ExpertProfile.objects.count() == 0


def test_a_profile_is_what_was_saved(town: Town) -> None:
    saved = town.join(town.person("Amina"), "Python", "Law", about="I *like* it.", languages=("fr", "en"))
    opened = experts.open_directory(town.enter(town.person("Amina")))
    assert opened.me == saved
    assert (saved.about, saved.languages, saved.revision) == ("I *like* it.", ("fr", "en"), 1)
    assert [skill.label for skill in saved.skills] == ["Python", "Law"]
    card = town.card(town.person("Yuki"), "Amina")
    assert (card.about_html, card.is_new, card.is_me) == ("<p>I <em>like</em> it.</p>\n", True, False)


def test_an_unlisted_profile_is_seen_by_nobody(town: Town) -> None:
    amina, yuki = town.person("Amina"), town.person("Yuki")
    town.join(amina, "Python", is_listed=False)
    for query in ("", "Amina", "python"):
        assert town.names(yuki, query) == []
    assert town.names(yuki, skill=town.skill("Python")) == []
    opened = experts.open_directory(town.enter(yuki))
    assert (opened.count, opened.skills) == (0, ())


def test_leaving_takes_one_out_at_once(town: Town) -> None:
    amina, yuki = town.person("Amina"), town.person("Yuki")
    town.join(amina, "Python")
    town.answer_well(amina, "How do I write Python?")
    queries = ("", "Amina", "python")
    assert all(town.names(yuki, query) == ["Amina"] for query in queries)
    town.join(amina, "Python", is_listed=False)
    assert all(town.names(yuki, query) == [] for query in queries)
    assert not search.find_people(town.space.context, "Amina", limit=5)


def test_a_profile_is_of_one_course(town: Town) -> None:
    town.join(town.person("Amina"), "Python")
    other = town.add_space("u1", course=COURSE.replace("DL101", "DL102"))
    found = experts.find_people(town.visit(town.person("Yuki"), space=other))
    assert (found.people, found.count) == ((), 0)


def test_a_stale_profile_is_not_saved_and_the_newer_one_is_told(town: Town) -> None:
    amina = town.person("Amina")
    town.join(amina, "Python", about="Old.")
    newer = town.join(amina, "Law", about="New.")
    before = everything_stored()
    for revision in (0, 1, 3):
        with pytest.raises(StaleEdit) as refused:
            town.join(amina, about="Mine.", revision=revision)
        assert refused.value.details["current"] == newer
    assert everything_stored() == before


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"about": "x" * 2_001}, TooLarge, "about"),
        ({"languages": ("français",)}, Invalid, "languages"),
        ({"languages": tuple(f"x{letter}" for letter in "abcdefghijk")}, Invalid, "languages"),
    ],
    ids=["text too long", "no code", "too many languages"],
)
def test_what_cannot_be_saved_is_refused_by_name(
    town: Town, change: dict[str, object], error: type[Invalid], field: str
) -> None:
    before = everything_stored()
    with pytest.raises(error) as refused:
        town.join(town.person("Amina"), **change)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert everything_stored() == before


def test_a_skill_that_is_not_there_is_refused(town: Town) -> None:
    with pytest.raises(NotFound) as refused:
        experts.save_profile(
            town.enter(town.person("Amina")),
            is_listed=True,
            about="",
            languages=[],
            skills=["0" * 32],
            revision=0,
        )
    assert refused.value.field == "skills"


def test_a_text_that_shows_nothing_is_no_text(town: Town) -> None:
    town.join(town.person("Amina"), about=" &nbsp; ")
    assert town.card(town.person("Yuki"), "Amina").about_html == ""


def test_a_text_cannot_run_anything(town: Town) -> None:
    town.join(town.person("Amina"), about="<script>alert(1)</script> [x](javascript:alert(1))")
    html = town.card(town.person("Yuki"), "Amina").about_html
    assert "<script" not in html
    assert "href" not in html


def test_a_preview_saves_nothing(town: Town) -> None:
    visit = town.enter(town.staff("Jo"), is_preview=True)
    before = everything_stored()
    with pytest.raises(PreviewOnly):
        experts.save_profile(visit, is_listed=True, about="", languages=[], skills=[], revision=0)
    experts.open_directory(visit)
    experts.find_people(visit, query="python")
    assert everything_stored() == before


def test_the_commonest_skills_are_counted_over_listed_people(town: Town) -> None:
    town.join(town.person("Amina"), "Python", "Law")
    town.join(town.person("Yuki"), "Python")
    town.join(town.person("Omar"), "Python", "Algebra", is_listed=False)
    opened = experts.open_directory(town.enter(town.person("Noah"), language="fr"))
    assert [(skill.label, skill.count) for skill in opened.skills] == [("Python", 2), ("Droit", 1)]
    assert opened.count == 2


@pytest.mark.slow
def test_counts_are_right_after_any_history(town: Town) -> None:
    rng, people = Random(3), [town.person(f"Learner{number}") for number in range(5)]
    labels = ["Python", "Law", "Algebra", "Statistics", "History"]
    for _ in range(40):
        chosen = rng.sample(labels, rng.randrange(len(labels) + 1))
        town.join(rng.choice(people), *chosen, is_listed=rng.random() < 0.7)
        if rng.random() < 0.1:
            experts.leave_course(rng.choice(people).pk, COURSE)
    assert list(experts.repair_directories()) == []


def test_wrong_counts_are_repaired(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    town.join(town.person("Amina"), "Python")
    SkillTally.objects.update(people_count=9)
    call_command("peer_repair_counters")
    assert COURSE in capsys.readouterr().out
    assert SkillTally.objects.get().people_count == 1
    assert list(experts.repair_directories()) == []


def test_whoever_leaves_the_course_leaves_its_directory_and_may_come_back(town: Town) -> None:
    amina, yuki = town.person("Amina"), town.person("Yuki")
    town.join(amina, "Python", about="Here.")
    experts.leave_course(amina.pk, COURSE, now=town.at)
    assert town.names(yuki) == []
    mine = experts.open_directory(town.enter(amina)).me
    assert (mine.is_listed, mine.about, len(mine.skills)) == (False, "Here.", 1)
    town.join(amina, "Python")
    assert town.names(yuki) == ["Amina"]


def test_whoever_retires_leaves_nothing(town: Town) -> None:
    amina, yuki = town.person("Amina"), town.person("Yuki")
    town.join(amina, "Python", about="Zanzibar.")
    town.join(yuki, "Law")
    town.put(yuki, amina)
    town.put(amina, yuki)
    assert town.names(yuki, "Amina") == ["Amina"]
    request_retirement(amina.pk, now=town.at)
    while retire_people(now=town.at, rng=town.rng):
        pass
    assert town.names(yuki, "Amina") == []
    assert not ExpertRequest.objects.exists()
    assert "Zanzibar" not in repr(everything_stored())
    assert list(ProfileSkill.objects.values_list("profile__user", flat=True)) == [yuki.pk]
    assert list(experts.repair_directories()) == []
    search.catch_up(town.space.context, now=town.at)
    assert Folder(town.space.context).engine.find_people("Amina", limit=1) == []


def test_a_retired_person_is_never_shown_even_before_the_work_is_done(town: Town) -> None:
    amina = town.person("Amina")
    town.join(amina, "Python")
    amina.username = "retired__1"
    amina.save()
    assert town.names(town.person("Yuki"), skill=town.skill("Python")) == []
