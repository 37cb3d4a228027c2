"""A question put to one person: a thread for all, a request between the two, never more than they take."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.contrib.auth.models import Group

from peer_xblock.api import discussion, experts
from peer_xblock.domain.errors import Conflict, Invalid, NotFound, PreviewOnly
from peer_xblock.domain.experts.views import RequestView
from peer_xblock.models import ExpertProfile, ExpertRequest, Thread

from .test_races import at_once
from .town import Town
from .world import COURSE, everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def requests(town: Town, name: str) -> tuple[RequestView, ...]:
    return experts.open_directory(town.enter(town.person(name))).requests


def test_a_question_is_a_thread_of_the_course_and_a_request_to_the_person(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    made = town.put(amina, tomas, title="Is nine enough?").request
    assert (made.title, made.state, made.mine, made.person.name) == (
        "Is nine enough?",
        "asked",
        True,
        "Tomás",
    )
    thread = discussion.get_thread(town.visit(town.person("Yuki")), thread=made.thread)
    assert (thread.thread.kind, thread.thread.author.name) == ("question", "Amina")
    theirs = requests(town, "Tomás")[0]
    assert (theirs.id, theirs.mine, theirs.person.name) == (made.id, False, "Amina")
    assert requests(town, "Amina") == (made,)
    assert requests(town, "Yuki") == ()


def test_a_repeated_question_answers_with_the_first_result_and_changes_nothing(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas, weekly_limit=1)
    first = town.put(amina, tomas, key="k")
    before = everything_stored()
    assert town.put(amina, tomas, key="k", title="Another?") == first
    assert everything_stored() == before


def test_a_key_that_was_used_for_something_else_is_refused(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    thread = town.ask(town.person("Yuki")).thread.id
    town.respond(amina, thread, key="k")
    before = everything_stored()
    with pytest.raises(Conflict) as refused:
        town.put(amina, tomas, key="k")
    assert refused.value.field == "client_key"
    assert everything_stored() == before


def test_the_places_of_a_week_are_never_exceeded(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas, weekly_limit=2)
    town.put(amina, tomas)
    town.put(amina, tomas)
    before = everything_stored()
    with pytest.raises(Conflict) as refused:
        town.put(town.person("Yuki"), tomas)
    assert refused.value.field == "person"
    assert everything_stored() == before
    town.later(days=6)
    town.put(amina, tomas)


def test_passing_gives_the_place_back(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas, weekly_limit=1)
    made = town.put(amina, tomas).request
    passed = experts.answer_request(town.enter(tomas), request=made.id, accept=False).request
    assert passed.state == "passed"
    town.put(amina, tomas)


def test_a_place_that_was_given_back_and_taken_is_not_taken_again(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas, weekly_limit=1)
    made = town.put(amina, tomas).request
    experts.answer_request(town.enter(tomas), request=made.id, accept=False)
    newer = town.put(amina, tomas).request
    with pytest.raises(Conflict) as refused:
        experts.answer_request(town.enter(tomas), request=made.id, accept=True)
    assert refused.value.field == "request"
    experts.answer_request(town.enter(tomas), request=newer.id, accept=False)
    assert experts.answer_request(town.enter(tomas), request=made.id, accept=True).request.state == "accepted"


def test_a_request_in_a_discussion_that_is_hidden_has_no_title(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    made = town.put(amina, tomas).request
    assert [one.title for one in requests(town, "Tomás")] == [made.title]
    tomas.groups.add(Group.objects.create(name=f"locked|{town.space.usage_key}"))
    assert [one.title for one in requests(town, "Tomás")] == [""]


def test_who_is_away_cannot_be_asked(town: Town) -> None:
    town.join(town.person("Tomás"), away_until=date(2026, 12, 1))
    with pytest.raises(Conflict):
        town.put(town.person("Amina"), town.person("Tomás"))
    assert Thread.objects.count() == 0


def test_who_is_not_listed_cannot_be_asked(town: Town) -> None:
    town.join(town.person("Tomás"), is_listed=False)
    with pytest.raises(NotFound) as refused:
        town.put(town.person("Amina"), town.person("Tomás"))
    assert refused.value.field == "person"


def test_nobody_asks_themselves(town: Town) -> None:
    town.join(town.person("Tomás"))
    with pytest.raises(Invalid):
        town.put(town.person("Tomás"), town.person("Tomás"))
    assert not town.card(town.person("Tomás"), "Tomás").can_ask


def test_a_preview_asks_nobody(town: Town) -> None:
    town.join(town.person("Tomás"))
    person = ExpertProfile.objects.get().public_id
    visit = town.enter(town.staff("Jo"), is_preview=True)
    with pytest.raises(PreviewOnly):
        experts.ask(visit, client_key="k", person=person, title="Why?", body="x")
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("accept", [True, False])
def test_only_who_was_asked_decides(town: Town, accept: bool) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    made = town.put(amina, tomas).request
    for other in (amina, town.person("Yuki"), town.staff("Jo")):
        with pytest.raises(NotFound):
            experts.answer_request(town.enter(other), request=made.id, accept=accept)
    decided = experts.answer_request(town.enter(tomas), request=made.id, accept=accept).request
    assert decided.state == ("accepted" if accept else "passed")
    assert requests(town, "Amina")[0].state == decided.state


def test_a_response_by_name_answers_the_request(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    made = town.put(amina, tomas).request
    town.respond(town.person("Yuki"), made.thread)
    assert requests(town, "Amina")[0].state == "asked"
    town.respond(tomas, made.thread)
    assert requests(town, "Amina")[0].state == "answered"


def test_an_anonymous_response_does_not_tell_whose_it_is(db: None) -> None:
    town = Town(anonymity="learners")
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    made = town.put(amina, tomas).request
    town.respond(tomas, made.thread, anonymous=True)
    assert requests(town, "Amina")[0].state == "asked"


def test_a_question_goes_where_the_asker_chose(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    other = town.add_space("u2")
    opened = experts.open_directory(town.enter(amina))
    assert [place.title for place in opened.spaces] == ["Discussion u1", "Discussion u2"]
    made = town.put(amina, tomas, space=other.public_id).request
    assert Thread.objects.get(public_id=made.thread).space == other


def test_a_question_goes_where_the_author_chose(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    other = town.add_space("u2")
    town.directory = town.save_directory(ask_space="Discussion u2")
    assert [place.id for place in experts.open_directory(town.enter(amina)).spaces] == [other.public_id]
    assert Thread.objects.get(public_id=town.put(amina, tomas).request.thread).space == other
    with pytest.raises(NotFound) as refused:
        town.put(amina, tomas, space=town.space.public_id)
    assert refused.value.field == "space"


def test_a_course_without_a_discussion_takes_no_question(town: Town) -> None:
    amina, tomas = town.person("Amina", f"locked|{town.space.usage_key}"), town.person("Tomás")
    town.join(tomas)
    with pytest.raises(Invalid) as refused:
        town.put(amina, tomas)
    assert refused.value.field == "space"


@pytest.mark.parametrize("why", ["locked", "another group"])
def test_nobody_is_asked_where_they_do_not_read(db: None, why: str) -> None:
    town = Town(is_divided=True)
    amina, tomas = town.in_cohort("Amina", "1"), town.in_cohort("Tomás", "1")
    if why == "locked":
        town.person("Tomás", f"locked|{town.space.usage_key}")
    else:
        tomas = town.in_cohort("Yuki", "2")
    town.join(tomas)
    with pytest.raises(Invalid) as refused:
        town.put(amina, tomas)
    assert refused.value.field == "space"
    assert Thread.objects.count() == 0


def test_a_facilitator_can_be_asked_by_any_group(db: None) -> None:
    town = Town(is_divided=True)
    town.join(town.facilitator("Inès"))
    made = town.put(town.in_cohort("Amina", "1"), town.person("Inès")).request
    assert Thread.objects.get(public_id=made.thread).group_id == "cohort:1"


def test_a_person_of_another_course_is_not_here(town: Town) -> None:
    other = COURSE.replace("DL101", "DL102")
    space = town.add_space("u1", course=other)
    tomas = town.person("Tomás")
    experts.save_profile(
        town.visit(tomas, space=space), is_listed=True, about="", languages=[], skills=[], revision=0
    )
    person = ExpertProfile.objects.get().public_id
    with pytest.raises(NotFound):
        experts.ask(town.enter(town.person("Amina")), client_key="k", person=person, title="Why?", body="x")


def test_a_removed_question_has_no_title_in_its_request(town: Town) -> None:
    amina, tomas = town.person("Amina"), town.person("Tomás")
    town.join(tomas)
    made = town.put(amina, tomas).request
    discussion.delete_post(town.visit(amina), post=made.thread)
    assert requests(town, "Tomás")[0].title == ""


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_questions_at_once_never_exceed_the_places(transactional_db: None) -> None:
    town = Town()
    tomas = town.person("Tomás")
    town.join(tomas, weekly_limit=2)
    person = ExpertProfile.objects.get().public_id
    visits = [town.enter(town.person(f"Learner{number}")) for number in range(5)]
    results = at_once(
        partial(experts.ask, visit, client_key=f"k{number}", person=person, title="Why?", body="x")
        for number, visit in enumerate(visits)
    )
    assert ExpertRequest.objects.count() == Thread.objects.count() == 2
    assert sum(isinstance(result, Conflict) for result in results) == 3


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_one_question_sent_twice_at_once_is_one(transactional_db: None) -> None:
    town = Town()
    town.join(town.person("Tomás"))
    person = ExpertProfile.objects.get().public_id
    visits = [town.enter(town.person("Amina")) for _ in range(3)]
    results = at_once(
        partial(experts.ask, visit, client_key="k", person=person, title="Why?", body="x") for visit in visits
    )
    assert len({result.request.id for result in results if not isinstance(result, Exception)}) == 1  # type: ignore[attr-defined]
    assert not [result for result in results if isinstance(result, Exception)]
    assert Thread.objects.count() == 1


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_profiles_saved_at_once_are_counted_right(transactional_db: None) -> None:
    town = Town()
    skills = [town.skill(label) for label in ("Python", "Law", "Algebra")]
    people = [town.person(f"Learner{number}") for number in range(4)]
    for revision in range(2):
        at_once(
            partial(
                experts.save_profile,
                town.enter(person),
                is_listed=True,
                about="",
                languages=[],
                skills=skills[place % 3 :] + skills[: place % 3 - 1],
                revision=revision,
            )
            for place, person in enumerate(people)
        )
    assert list(experts.repair_directories()) == []
    assert experts.open_directory(town.enter(people[0])).count == 4


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_a_first_profile_saved_twice_at_once_is_one(transactional_db: None) -> None:
    town = Town()
    visits = [town.enter(town.person("Amina")) for _ in range(3)]
    results = at_once(
        partial(
            experts.save_profile,
            visit,
            is_listed=True,
            about=f"{number}",
            languages=[],
            skills=[],
            revision=0,
        )
        for number, visit in enumerate(visits)
    )
    assert sum(not isinstance(result, Exception) for result in results) == 1
    assert (ExpertProfile.objects.get().revision, list(experts.repair_directories())) == (1, [])
