"""Drafts on the server: a text follows its person, and nobody else ever gets it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from peer_xblock.api import drafts, leaving, retiring
from peer_xblock.domain.drafts import DraftText, DraftView, StaleDraft
from peer_xblock.domain.errors import Invalid, PreviewOnly, TooLarge
from peer_xblock.models import Draft
from peer_xblock.operations import REGISTRIES

from .world import COURSE, World

pytestmark = pytest.mark.django_db
LONG: dict[str, dict[str, Any]] = {
    "body": {"body": "x" * 50_001},
    "title": {"body": "x", "title": "x" * 201},
}


def save(
    world: World, user: User, body: str, *, base: int = 0, place: str = "thread", **rest: Any
) -> DraftView:
    world.later()
    return drafts.save_draft(world.visit(user), place=place, base=base, body=body, **rest)


def get(world: World, user: User, place: str = "thread") -> DraftView:
    return drafts.get_draft(world.visit(user), place=place)


def test_another_device_goes_on_where_the_last_one_stopped(world: World) -> None:
    amina = world.person("Amina")
    save(world, amina, "Half a", title="Why", kind="question", anonymous=True, revision=3)
    found = get(world, amina)
    assert found.draft == DraftText("Why", "Half a", "question", True, 3)
    assert save(world, amina, "Half a question", base=found.revision).revision == 2
    assert get(world, amina).draft == DraftText("", "Half a question", "", False, None)


def test_a_draft_is_its_own_persons_in_its_own_place_and_space(world: World) -> None:
    amina, noah = world.person("Amina"), world.staff("Noah")
    save(world, amina, "Mine")
    assert get(world, noah).draft is None
    assert get(world, amina, "comment-1").draft is None
    other = world.visit(amina, space=world.add_space("u2"))
    assert drafts.get_draft(other, place="thread").draft is None


def test_who_looks_through_anothers_eyes_sees_no_draft_and_writes_none(world: World) -> None:
    amina = world.person("Amina")
    save(world, amina, "Mine")
    preview = world.visit(amina, is_preview=True)
    assert drafts.get_draft(preview, place="thread") == DraftView("thread", 0, None, None)
    with pytest.raises(PreviewOnly):
        drafts.save_draft(preview, place="thread", base=1, body="Not mine")
    with pytest.raises(PreviewOnly):
        drafts.forget_draft(preview, place="thread", base=1)


def test_where_both_devices_changed_nothing_is_overwritten(world: World) -> None:
    amina = world.person("Amina")
    save(world, amina, "Both know this")
    save(world, amina, "From the phone", base=1)
    with pytest.raises(StaleDraft) as refused:
        save(world, amina, "From the desk", base=1)
    current = refused.value.details["current"]
    assert (current.revision, current.draft.body) == (2, "From the phone")
    assert save(world, amina, "From the desk", base=current.revision).revision == 3


def test_a_save_whose_answer_was_lost_is_repeated_without_a_choice(world: World) -> None:
    amina = world.person("Amina")
    save(world, amina, "Once")
    assert save(world, amina, "Once").revision == 1


def test_what_was_sent_does_not_come_back_from_an_old_device(world: World) -> None:
    amina = world.person("Amina")
    save(world, amina, "To be sent")
    gone = drafts.forget_draft(world.visit(amina), place="thread", base=1)
    assert (gone.revision, gone.draft) == (2, None)
    assert Draft.objects.get().body == ""
    with pytest.raises(StaleDraft) as refused:
        save(world, amina, "To be sent, and more", base=1)
    assert refused.value.details["current"].draft is None


def test_sending_takes_nothing_along_that_another_device_wrote_since(world: World) -> None:
    amina = world.person("Amina")
    save(world, amina, "Old")
    save(world, amina, "Newer, elsewhere", base=1)
    kept = drafts.forget_draft(world.visit(amina), place="thread", base=1)
    assert kept.draft is not None
    assert kept.draft.body == "Newer, elsewhere"


def test_too_long_or_blank_is_refused_by_the_fields_name(world: World) -> None:
    amina = world.person("Amina")
    for field, values in LONG.items():
        with pytest.raises(TooLarge) as refused:
            save(world, amina, **values)
        assert refused.value.field == field
    with pytest.raises(Invalid):
        save(world, amina, " \n")


def test_the_oldest_drafts_go_when_there_are_more_than_a_hundred(world: World) -> None:
    amina = world.person("Amina")
    for number in range(drafts.PLACES_MAX + 1):
        save(world, amina, "x", place=f"comment-{number}")
    assert Draft.objects.count() == drafts.PLACES_MAX
    assert get(world, amina, "comment-0").draft is None


def test_a_draft_that_nobody_touches_goes_after_90_days(world: World) -> None:
    save(world, world.person("Amina"), "Old")
    world.later(days=89)
    assert drafts.purge_drafts(now=world.at) == 0
    world.later(days=2)
    assert drafts.purge_drafts(now=world.at) == 1


def test_drafts_go_with_whoever_leaves_the_course_or_retires(world: World) -> None:
    amina, noah = world.person("Amina"), world.person("Noah")
    save(world, amina, "Amina's")
    save(world, noah, "Noah's")
    leaving.leave_course(amina.pk, COURSE, now=world.at)
    assert [row.user_id for row in Draft.objects.all()] == [noah.pk]
    retiring.request_retirement(noah.pk, now=world.at)
    retiring.retire_people(now=world.at, rng=world.rng)
    assert not Draft.objects.exists()


def test_each_kind_of_space_keeps_drafts() -> None:
    for registry in REGISTRIES.values():
        assert {"get_draft", "save_draft", "forget_draft"} <= registry.keys()
