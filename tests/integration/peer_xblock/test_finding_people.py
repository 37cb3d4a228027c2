"""Who is found, why, in which order; and that evidence is only what this viewer may open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from peer_xblock.api import discussion, experts
from peer_xblock.domain.errors import Invalid, NotFound
from peer_xblock.models import Post, Space, Thread

from .town import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def test_who_answered_such_questions_well_is_found_with_the_evidence(town: Town) -> None:
    tomas, yuki = town.person("Tomás"), town.person("Yuki")
    town.join(tomas)
    town.join(yuki)
    post = town.answer_well(tomas, "Does a confidence interval need a large sample?", how="accept")
    found = town.find(town.person("Amina"), "confidence interval for a small sample")
    assert [card.person.name for card in found.people] == ["Tomás"]
    assert (found.count, found.sorted_by, found.next) == (1, "answers", None)
    card = found.people[0]
    assert card.reasons == ({"kind": "answered", "count": 1},)
    evidence = card.evidence[0]
    assert evidence.title == "Does a confidence interval need a large sample?"
    assert (evidence.accepted, evidence.endorsed, evidence.vote_count) == (True, False, 0)
    assert evidence.url.endswith(post)


@pytest.mark.parametrize(
    ("how", "counts"), [("vote", True), ("accept", True), ("endorse", True), ("", False)]
)
def test_only_what_others_took_well_is_evidence(town: Town, how: str, counts: bool) -> None:
    town.join(town.person("Tomás"))
    town.answer_well(town.person("Tomás"), "What is a median?", how=how)
    assert town.names(town.person("Amina"), "median") == (["Tomás"] if counts else [])


def test_an_endorsement_changes_the_ranking_at_once(town: Town) -> None:
    one, other = town.person("One"), town.person("Other")
    town.join(one)
    town.join(other)
    town.answer_well(one, "What is a median?")
    asked = town.ask(town.person("Asker"), "The median, the median, the median?").thread.id
    post = town.respond(other, asked).post.id
    assert town.names(town.person("Amina"), "median") == ["One"]
    discussion.endorse(town.visit(town.facilitator("Judge")), post=post, on=True)
    assert town.names(town.person("Amina"), "median") == ["Other", "One"]


def test_evidence_that_is_removed_no_longer_counts(town: Town) -> None:
    tomas = town.person("Tomás")
    town.join(tomas)
    post = town.answer_well(tomas, "What is a median?")
    assert town.names(town.person("Amina"), "median") == ["Tomás"]
    discussion.delete_post(town.visit(tomas), post=post)
    assert town.names(town.person("Amina"), "median") == []
    assert town.card(town.person("Amina"), "Tomás").evidence == ()


def test_a_removed_question_is_no_evidence(town: Town) -> None:
    tomas = town.person("Tomás")
    town.join(tomas)
    town.answer_well(tomas, "What is a median?")
    asker = town.person("Asker")
    discussion.delete_post(town.visit(asker), post=Thread.objects.get().public_id)
    assert town.card(town.person("Amina"), "Tomás").evidence == ()


def test_an_answer_to_ones_own_question_is_no_evidence(town: Town) -> None:
    tomas = town.person("Tomás")
    town.join(tomas)
    thread = town.ask(tomas, "What is a median?").thread.id
    post = town.respond(tomas, thread).post.id
    discussion.accept_answer(town.visit(tomas), post=post, on=True)
    assert town.names(town.person("Amina"), "median") == []


def test_a_post_for_the_team_alone_is_no_evidence(town: Town) -> None:
    tomas = town.person("Tomás")
    town.join(tomas)
    town.answer_well(tomas, "What is a median?")
    Post.objects.filter(author=tomas).update(audience="staff")
    for viewer in (town.person("Amina"), town.staff("Jo")):
        assert town.names(viewer, "median") == []


@pytest.mark.parametrize("gone", ["locked", "archived"])
def test_evidence_in_a_space_that_the_viewer_cannot_open_is_not_there(town: Town, gone: str) -> None:
    tomas, yuki = town.person("Tomás"), town.person("Yuki")
    town.join(tomas)
    town.answer_well(tomas, "What is a median?")
    if gone == "locked":
        town.person("Yuki", f"locked|{town.space.usage_key}")
    else:
        Space.objects.filter(pk=town.space.pk).update(archived_at=town.at)
    assert town.names(yuki, "median") == []
    card = town.card(yuki, "Tomás")
    assert (card.evidence, card.reasons, card.is_new, card.can_ask) == ((), (), True, False)


def test_evidence_in_another_groups_thread_is_for_that_group(db: None) -> None:
    town = Town(is_divided=True)
    tomas = town.in_cohort("Tomás", "1")
    asker, noah = town.in_cohort("Asker", "1"), town.in_cohort("Noah", "2")
    town.join(tomas)
    thread = town.ask(asker, "What is a median?").thread.id
    post = town.respond(tomas, thread).post.id
    discussion.vote(town.visit(asker), post=post, on=True)
    seen: dict[str, Any] = {
        user.first_name: town.names(user, "median") for user in (asker, noah, town.facilitator("Inès"))
    }
    assert seen == {"Asker": ["Tomás"], "Noah": [], "Inès": ["Tomás"]}
    assert town.card(noah, "Tomás").evidence == ()


def test_declared_skills_bring_in_who_has_no_answers_yet(town: Town) -> None:
    tomas, yuki = town.person("Tomás"), town.person("Yuki")
    town.join(tomas)
    town.join(yuki, "Statistical inference")
    town.answer_well(tomas, "What is statistical inference?")
    found = town.find(town.person("Amina"), "statistical inference", language=None)
    assert [card.person.name for card in found.people] == ["Tomás", "Yuki"]
    assert [skill.label for skill in found.skills] == ["Statistical inference"]
    card = found.people[1]
    assert card.is_new
    assert [reason["kind"] for reason in card.reasons] == ["skill"]


def test_a_french_question_finds_an_english_skill(town: Town) -> None:
    town.join(town.person("Yuki"), "Project management")
    found = experts.find_people(town.enter(town.person("Amina"), language="fr"), query="gestion de projet")
    assert [card.person.name for card in found.people] == ["Yuki"]
    assert found.skills[0].label == "Gestion de projet"
    assert found.sorted_by == "skill"


@pytest.mark.parametrize("typed", ["tom", "Tomás", "tomas"])
def test_people_are_found_by_name(town: Town, typed: str) -> None:
    town.join(town.person("Tomás"))
    town.join(town.person("Yuki"))
    found = town.find(town.person("Amina"), typed)
    assert [card.person.name for card in found.people] == ["Tomás"]
    assert (found.sorted_by, found.people[0].reasons) == ("name", ({"kind": "name"},))


def test_without_a_query_the_latest_come_first(town: Town) -> None:
    for name in ("Amina", "Tomás", "Yuki"):
        town.join(town.person(name))
    found = town.find(town.person("Amina"))
    assert [card.person.name for card in found.people] == ["Yuki", "Tomás", "Amina"]
    assert (found.count, found.sorted_by) == (3, "recent")
    assert [card.is_me for card in found.people] == [False, False, True]


def test_a_skill_narrows_a_listing_and_a_search(town: Town) -> None:
    tomas, yuki = town.person("Tomás"), town.person("Yuki")
    town.join(tomas, "Python")
    town.join(yuki, "Law")
    for person in (tomas, yuki):
        town.answer_well(person, "What is a median?")
    found = town.find(town.person("Amina"), skill=town.skill("Python"))
    assert ([card.person.name for card in found.people], found.count, found.sorted_by) == (
        ["Tomás"],
        1,
        "skill",
    )
    assert town.names(town.person("Amina"), "median", skill=town.skill("Law")) == ["Yuki"]


def test_a_language_narrows_a_listing_and_a_search(town: Town) -> None:
    tomas, yuki = town.person("Tomás"), town.person("Yuki")
    town.join(tomas, languages=("fr-CA", "es"))
    town.join(yuki, languages=("en",))
    for person in (tomas, yuki):
        town.answer_well(person, "What is a median?")
    for query in ("", "median"):
        assert town.names(town.person("Amina"), query, language="fr") == ["Tomás"]


def test_who_is_away_or_full_comes_last_and_says_until_when(town: Town) -> None:
    names = ("Away", "Full", "Free", "Back")
    away, full, free, back = (town.person(name) for name in names)
    town.join(free, weekly_limit=3)
    town.join(back, away_until=date(2026, 11, 24))
    town.join(away, away_until=date(2026, 12, 1))
    town.join(full, weekly_limit=1)
    town.put(town.person("Amina"), full)
    found = town.find(town.person("Amina"))
    assert [(card.person.name, dict(card.availability)) for card in found.people] == [
        ("Back", {"state": "open", "from": None, "left": None}),
        ("Free", {"state": "open", "from": None, "left": 3}),
        ("Full", {"state": "full", "from": "2026-11-30", "left": 0}),
        ("Away", {"state": "later", "from": "2026-12-01", "left": None}),
    ]
    assert [card.can_ask for card in found.people] == [True, True, False, False]
    assert town.names(town.person("Amina"), available=True) == ["Back", "Free"]


def test_a_facilitator_is_shown_as_one(town: Town) -> None:
    town.join(town.facilitator("Inès"))
    assert town.card(town.person("Amina"), "Inès").person.role == "facilitator"


def test_whoever_answered_three_questions_is_no_longer_new(town: Town) -> None:
    town.join(town.person("Tomás"))
    for number in range(3):
        assert town.card(town.person("Amina"), "Tomás").is_new
        town.answer_well(town.person("Tomás"), f"What is a median {number}?")
    card = town.card(town.person("Amina"), "Tomás")
    assert (card.is_new, card.reasons) == (False, ({"kind": "answered", "count": 3},))


def test_whoever_answered_much_is_not_new_where_they_answered_one_question_about_this(town: Town) -> None:
    town.join(town.person("Tomás"))
    for title in ("What is a median?", "What is a mode?", "What is a mean?", "How deep is a well?"):
        town.answer_well(town.person("Tomás"), title)
    card = town.card(town.person("Amina"), "Tomás", "How deep is the well?")
    assert (card.is_new, card.reasons) == (False, ({"kind": "answered", "count": 1},))
    assert [item.title for item in card.evidence] == ["How deep is a well?"]


def test_nobody_can_be_asked_where_the_author_chose_a_discussion_that_is_not_there(town: Town) -> None:
    town.join(town.person("Tomás"))
    amina = town.person("Amina")
    assert town.card(amina, "Tomás").can_ask
    town.directory = town.save_directory(ask_space="Nowhere")
    assert not town.card(amina, "Tomás").can_ask


def test_pages_hold_everybody_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("peer_xblock.api.experts.finding.WINDOW", 5)
    for number in range(13):
        town.join(town.person(f"Learner{number}"), "Python")
    for filters in ({}, {"skill": town.skill("Python")}):
        seen: list[str] = []
        cursor: str | None = None
        while True:
            page = town.find(town.person("Amina"), cursor=cursor, limit=3, **filters)
            seen += [card.person.name for card in page.people]
            cursor = page.next
            assert page.count == 13
            if cursor is None:
                break
        assert seen == [f"Learner{number}" for number in reversed(range(13))]


def test_a_ranked_search_is_paged(town: Town) -> None:
    for number in range(5):
        person = town.person(f"Learner{number}")
        town.join(person)
        town.answer_well(person, "What is a median?")
    first = town.find(town.person("Amina"), "median", limit=3)
    second = town.find(town.person("Amina"), "median", limit=3, cursor=first.next)
    names = [card.person.name for page in (first, second) for card in page.people]
    assert (len(set(names)), first.count, second.next) == (5, 5, None)


@pytest.mark.parametrize("cursor", ["", "x", "12345", "-1", ":1", "g" * 33 + ":1", "0" * 33])
def test_a_cursor_that_nobody_gave_is_refused(town: Town, cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        town.find(town.person("Amina"), cursor=cursor)
    assert refused.value.field == "cursor"


def test_a_cursor_never_leads_into_another_course(town: Town) -> None:
    town.join(town.person("Tomás"))
    assert town.names(town.person("Amina"), cursor="f" * 33 + ":0") == ["Tomás"]
    assert town.names(town.person("Amina"), cursor="0" * 33 + ":0") == []


def test_an_unknown_skill_or_language_is_refused(town: Town) -> None:
    with pytest.raises(NotFound):
        town.find(town.person("Amina"), skill="0" * 32)
    with pytest.raises(Invalid):
        town.find(town.person("Amina"), language="français")


@pytest.mark.parametrize("query", ["x" * 50_000, '"', "le la les", "\u200b", "日本語"])
def test_whatever_is_asked_is_answered(town: Town, query: str) -> None:
    town.join(town.person("Tomás"))
    assert town.find(town.person("Amina"), query).people == ()


def test_my_own_evidence_is_shown_to_me_before_i_am_listed(town: Town) -> None:
    town.answer_well(town.person("Tomás"), "What is a median?")
    me = experts.open_directory(town.enter(town.person("Tomás"))).me
    assert (me.is_listed, [evidence.title for evidence in me.evidence]) == (False, ["What is a median?"])


def test_a_broken_index_finds_nothing_and_breaks_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError("no space left")

    town.join(town.person("Tomás"), "Python")
    monkeypatch.setattr("peer_xblock.search.engine.Engine.write", fail)
    assert town.names(town.person("Amina"), "python") == ["Tomás"]
    assert town.names(town.person("Amina")) == ["Tomás"]
