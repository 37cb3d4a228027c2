"""@ and a name: it calls who wrote here under it, and never anybody who is anonymous, nor for them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from peer_xblock.api import discussion, notices
from peer_xblock.api.discussion.mentioning import suggest_people
from peer_xblock.models import Mention, Notice

from .world import World

pytestmark = pytest.mark.django_db


def known(world: World, *names: str, anonymous: bool = False) -> list[User]:
    """People who have each asked something, so that their names are known here."""
    people = [world.person(name) for name in names]
    for user in people:
        world.ask(user, anonymous=anonymous)
    note(world)
    return people


def note(world: World) -> None:
    notices.note_posts(now=world.at, rng=world.rng)


def called() -> set[tuple[str, str]]:
    return set(Mention.objects.values_list("post__source", "user__first_name"))


def suggested(world: World, user: User, text: str) -> list[str]:
    return [one.name for one in suggest_people(world.visit(user), text=text).people]


def test_a_name_in_the_text_is_bold_and_its_person_is_told(world: World) -> None:
    amina, noah = known(world, "Amina Diallo", "Noah")
    opening = world.ask(noah, body="What do you say, @amina diallo, to this?").opening
    assert opening.html == "<p>What do you say, <strong>@amina diallo</strong>, to this?</p>\n"
    note(world)
    assert list(Notice.objects.filter(user=amina).values_list("reason", flat=True)) == ["mention"]


def test_the_longest_name_that_is_known_is_meant(world: World) -> None:
    known(world, "Amina", "Amina Diallo", "Noah")
    world.ask(world.person("Noah"), body="@Amina Diallo said it.")
    assert called() == {("@Amina Diallo said it.", "Amina Diallo")}


@pytest.mark.parametrize("body", ["`@Amina`", "mail@Amina", "```\n@Amina\n```", "@Nobody", "@@Amina"])
def test_code_addresses_and_strangers_call_nobody(world: World, body: str) -> None:
    _, noah = known(world, "Amina", "Noah")
    assert "<strong>" not in world.ask(noah, body=body).opening.html
    assert called() == set()


def test_who_only_wrote_anonymously_cannot_be_called_or_found() -> None:
    world = World(anonymity="learners")
    known(world, "Amina", anonymous=True)
    [noah] = known(world, "Noah")
    assert suggested(world, noah, "") == []
    world.ask(noah, body="@Amina, is it you?")
    assert called() == set()


def test_an_anonymous_post_calls_nobody() -> None:
    world = World(anonymity="learners")
    _, noah = known(world, "Amina", "Noah")
    opening = world.ask(noah, body="@Amina?", anonymous=True).opening
    discussion.edit_post(world.visit(noah), post=opening.id, revision=1, body="Well, @Amina?", title="Why?")
    assert called() == set()


def test_an_edit_calls_the_one_and_no_longer_the_other(world: World) -> None:
    amina, yuki, noah = known(world, "Amina", "Yuki", "Noah")
    opening = world.ask(noah, body="@Amina?").opening
    discussion.edit_post(world.visit(noah), post=opening.id, revision=1, body="@Yuki?", title="Why?")
    assert called() == {("@Yuki?", "Yuki")}
    note(world)
    assert Notice.objects.filter(user=yuki, reason="mention").exists()
    assert not Notice.objects.filter(user=amina).exists()


def test_nobody_calls_themselves(world: World) -> None:
    [noah] = known(world, "Noah")
    world.ask(noah, body="It is @Noah again.")
    assert called() == set()


def test_names_are_suggested_by_their_beginning_without_case_or_accents(world: World) -> None:
    _, _, noah = known(world, "Élodie", "Elias", "Noah")
    assert suggested(world, noah, "éL") == ["Elias", "Élodie"]
    assert suggested(world, noah, "no") == []


def test_in_a_divided_space_one_finds_the_own_group_and_the_team() -> None:
    world = World(is_divided=True)
    for name, cohort in (("Amina", "1"), ("Noah", "2"), ("Yuki", "1")):
        world.ask(world.in_cohort(name, cohort))
    world.ask(world.facilitator("Inès"))
    note(world)
    assert suggested(world, world.person("Yuki"), "") == ["Amina", "Inès"]
