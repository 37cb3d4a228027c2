"""The block in a runtime: its views, its settings, what it tells the platform."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.utils import translation

from peer_xblock.models import Space, Thread
from tests.host import LOOKED_THROUGH
from tests.runtime import StudioPermissions, Unit

from .world import COURSE, World, everything_stored

pytestmark = pytest.mark.django_db
AUTHOR = StudioPermissions(is_author=True)
QUESTION = {"client_key": "k", "kind": "question", "title": "Why?", "body": "Because."}


def config_of(fragment: Any) -> dict[str, Any]:
    values: dict[str, Any] = fragment.json_init_args
    return values


def test_a_learners_view_mounts_the_element_and_brings_the_space_in_line(world: World) -> None:
    unit = Unit(world.person("Amina"), display_name="Ask here", anonymity="learners", is_divided=True)
    fragment = unit.block.student_view({})
    assert fragment.content == '<div class="peer-mount" data-peer="discussion"></div>'
    assert fragment.js_init_fn == "PeerDiscussion"
    space = Space.objects.get()
    assert (space.title, space.anonymity, space.is_divided) == ("Ask here", "learners", True)
    assert space.context.key == COURSE


def test_the_element_is_told_where_everything_is(world: World) -> None:
    unit = Unit(world.person("Amina"))
    config = config_of(unit.block.student_view({"peer_post": "a" * 32}))
    assert config["call_url"].endswith("/call")
    assert (config["language"], config["catalogue_url"], config["post"]) == ("en", "", "a" * 32)
    with translation.override("fr-ca"):
        french = config_of(unit.block.student_view({}))
    assert (french["language"], french["catalogue_url"]) == ("fr", "/static/xblock/public/peer-fr.json")
    with translation.override("de"):
        assert config_of(unit.block.student_view({}))["language"] == "en"


def test_a_device_keeps_the_drafts_of_a_person_under_a_key_of_theirs(world: World) -> None:
    readers = [
        config_of(Unit(user).block.student_view({}))["reader"]
        for user in (world.person("Amina"), world.person("Yuki"), world.person("Amina"), None)
    ]
    assert readers[0] == readers[2] != readers[1]
    assert len(readers[0]) == 32
    assert readers[3] == ""
    preview = Unit(world.person("Amina"), is_preview=True).block.author_view({})
    assert config_of(preview)["reader"] == ""


def test_a_view_writes_nothing_when_nothing_changed(world: World) -> None:
    unit = Unit(world.person("Amina"), display_name="Discussion u1")
    before = everything_stored()
    unit.block.student_view({})
    assert everything_stored() == before


def test_studio_shows_the_block_and_stores_no_space(db: None) -> None:
    unit = Unit(None, is_preview=True, is_staff=True)
    assert "peer-mount" in unit.block.author_view({}).content
    status, page = unit.call("list_threads")
    assert (status, page["threads"], page["viewer"]["is_preview"]) == (200, [], True)
    assert Space.objects.count() == 0


@pytest.mark.parametrize("studio", [None, StudioPermissions(is_author=False)], ids=["LMS", "no author"])
def test_settings_are_changed_by_authors_in_studio_only(
    world: World, studio: StudioPermissions | None
) -> None:
    unit = Unit(world.staff("Jo"), is_staff=True, studio=studio)
    status, answer = unit.handle("save_settings", b'{"display_name": "Mine now"}')
    assert (status, answer["error"]["code"]) == (403, "forbidden")
    assert unit.block.display_name != "Mine now"


def test_settings_are_saved_whole(world: World) -> None:
    unit = Unit(world.staff("Jo"), is_staff=True, studio=AUTHOR)
    values = {
        "display_name": "Ask here",
        "anonymity": "staff",
        "is_divided": True,
        "reactions": ["lost", "same"],
    }
    assert unit.handle("save_settings", json.dumps(values).encode())[0] == 200
    assert {name: getattr(unit.block, name) for name in values} == values


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"anonymity": "everybody"}, (400, "invalid")),
        ({"anonymity": None}, (400, "invalid")),
        ({"is_divided": "perhaps"}, (400, "invalid")),
        ({"display_name": 7}, (400, "invalid")),
        ({"display_name": "x" * 256}, (413, "too_large")),
        ({"display_name": "a\0b"}, (400, "invalid")),
        ({"reactions": ["thanks", "wave"]}, (400, "invalid")),
    ],
    ids=["no choice", "null", "no flag", "no text", "too long", "NUL", "one of several"],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_wrong_setting_is_refused_by_name_and_nothing_is_set(
    world: World, wrong: dict[str, Any], expected: tuple[int, str], language: str
) -> None:
    unit = Unit(world.staff("Jo"), is_staff=True, studio=AUTHOR)
    right = {"display_name": "New", "anonymity": "staff", "is_divided": True}
    with translation.override(language):
        status, answer = unit.handle("save_settings", json.dumps(right | wrong).encode())
    assert (status, answer["error"]["code"]) == expected
    assert answer["error"]["field"] in wrong
    assert answer["error"]["message"]
    assert (unit.block.is_divided, unit.block.anonymity) == (False, "named")
    assert unit.block.display_name == "Discussion of this unit"


@pytest.mark.parametrize("body", [b"[]", b"{", b"\xff"])
def test_settings_that_are_no_object_are_refused(world: World, body: bytes) -> None:
    unit = Unit(world.staff("Jo"), is_staff=True, studio=AUTHOR)
    status, answer = unit.handle("save_settings", body)
    assert (status, answer["error"]["code"]) == (400, "invalid")


def test_settings_that_came_with_the_course_never_break_the_page(world: World) -> None:
    """OLX is typed by hand and imported from elsewhere."""
    unit = Unit(world.person("Amina"), display_name="x" * 300, anonymity="everybody")
    unit.block.student_view({})
    space = Space.objects.get()
    assert (space.title, space.anonymity) == ("x" * 255, "named")
    assert unit.call("create_thread", **QUESTION)[0] == 200


def test_a_contribution_completes_the_block_and_reading_does_not(world: World) -> None:
    unit = Unit(world.person("Amina"))
    unit.call("list_threads")
    assert unit.call("create_thread", **{**QUESTION, "title": " "})[0] == 400
    assert unit.runtime.published == []
    thread = unit.call("create_thread", **QUESTION)[1]["thread"]["id"]
    assert unit.runtime.named("completion") == [{"completion": 1.0}]
    response = unit.call("create_response", client_key="r", thread=thread, body="So.")[1]["post"]["id"]
    unit.call("create_comment", client_key="c", response=response, body="So.")
    unit.call("get_thread", thread=thread)
    unit.call("vote", post=response, on=True)
    assert len(unit.runtime.named("completion")) == 3


def test_a_tracking_event_has_the_fields_naming_and_ids_alone(world: World) -> None:
    unit = Unit(world.person("Amina"))
    thread = unit.call("create_thread", **QUESTION)[1]["thread"]["id"]
    key = str(unit.block.scope_ids.usage_id)
    created = unit.runtime.named("edx.peer_discussion.thread.created")
    assert created == [{"usage_key": key, "thread": thread, "opening": thread}]
    unit.call("mark_read", thread=thread, number=0)
    assert len(unit.runtime.published) == 2


def test_every_wrong_setting_is_named_at_once(world: World) -> None:
    unit = Unit(world.staff("Jo"), is_staff=True, studio=AUTHOR)
    answer = unit.handle("save_settings", b'{"anonymity": "nobody", "is_divided": 1, "display_name": "x"}')[1]
    errors = answer["error"]["details"]["errors"]
    assert [error["field"] for error in errors] == ["anonymity", "is_divided"]
    assert answer["error"]["message"] == errors[0]["message"]


def test_course_search_finds_what_the_author_wrote(world: World) -> None:
    unit = Unit(world.person("Amina"), display_name="Ask here")
    unit.call("create_thread", **QUESTION)
    assert unit.block.index_dictionary() == {
        "content": {"display_name": "Ask here"},
        "content_type": "peer_discussion",
    }


def test_the_runtime_says_who_is_course_staff(world: World) -> None:
    thread = Unit(world.person("Amina")).call("create_thread", **QUESTION)[1]["thread"]["id"]
    unit = Unit(world.person("Jo"), is_staff=True)
    opened = unit.call("get_thread", thread=thread)[1]
    assert opened["viewer"]["role"] == "staff"
    assert opened["opening"]["can"]["edit"] is True


def test_what_is_written_through_the_block_is_read_through_it(world: World) -> None:
    unit = Unit(world.person("Amina"))
    made = unit.call("create_thread", **QUESTION)[1]
    opened = unit.call("get_thread", thread=made["thread"]["id"])[1]
    assert opened["opening"] == made["opening"]
    assert unit.call("locate", post=made["opening"]["id"])[1] == {
        "thread": made["thread"]["id"],
        "post": made["opening"]["id"],
    }
    assert unit.call("list_threads")[1]["space"]["thread_count"] == 1


def test_two_blocks_have_threads_of_their_own(world: World) -> None:
    amina = world.person("Amina")
    thread = Unit(amina).call("create_thread", **QUESTION)[1]["thread"]["id"]
    other = Unit(amina, block="u2")
    assert other.call("list_threads")[1]["threads"] == []
    assert other.call("get_thread", thread=thread)[1]["error"]["code"] == "not_found"
    assert Thread.objects.count() == 1


def test_a_call_goes_by_the_settings_of_this_moment_not_by_those_of_the_last_page(world: World) -> None:
    amina, tomas = world.in_cohort("Amina", "red"), world.in_cohort("Tomás", "blue")
    Unit(amina).block.student_view({})
    status, answer = Unit(amina, is_divided=True).call("create_thread", **QUESTION)
    assert (status, answer["thread"]["audience"]["kind"]) == (200, "group")
    assert Unit(tomas, is_divided=True).call("list_threads")[1]["threads"] == []


def test_studio_shows_the_draft_settings_and_stores_none_of_them(world: World) -> None:
    before = everything_stored()
    unit = Unit(None, is_preview=True, is_staff=True, display_name="The next title")
    assert unit.call("list_threads")[1]["space"]["title"] == "The next title"
    assert everything_stored() == before


def test_a_preview_in_which_authors_have_ids_of_their_own_writes_nothing_either(world: World) -> None:
    """As Studio has it with its flag `individualize_anonymous_user_id`."""
    before = everything_stored()
    unit = Unit(world.person("Marta"), is_staff=True, display_name="The next title")
    unit.runtime.is_author_mode = True
    unit.block.author_view({})
    status, answer = unit.call("create_thread", **QUESTION)
    assert (status, answer["error"]["code"]) == (403, "preview")
    assert everything_stored() == before


def test_staff_who_view_the_course_as_a_learner_write_nothing_in_that_name(world: World) -> None:
    amina = world.person("Amina")
    world.ask(amina, "Mine")
    before = everything_stored()
    LOOKED_THROUGH.add(amina.pk)
    try:
        unit = Unit(amina, display_name="Discussion u1")
        assert unit.call("list_threads")[1]["viewer"]["is_preview"] is True
        status, answer = unit.call("create_thread", **QUESTION)
    finally:
        LOOKED_THROUGH.clear()
    assert (status, answer["error"]["code"]) == (403, "preview")
    assert everything_stored() == before
