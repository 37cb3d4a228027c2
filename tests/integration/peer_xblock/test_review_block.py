"""The review block in a runtime: its settings and their refusals, OLX, what it tells the platform."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from lxml import etree
from xblock.fields import ScopeIds

from peer_xblock.models import Space
from peer_xblock.peer_review import PeerReviewXBlock
from peer_xblock.platform import ClassSize
from tests import host
from tests.rubrics import RUBRIC, changed
from tests.runtime import StudioPermissions, Unit

from .world import COURSE, World, everything_stored

pytestmark = pytest.mark.django_db
HAND_IN = {"client_key": "k", "body": "Ten swings.", "pledge": True}
JUDGED = {
    "scores": {"content": "c2", "clarity": "k1"},
    "comments": {"content": "Sound.", "clarity": "Clear."},
}


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    host.CLASSES.clear()
    yield
    host.CLASSES.clear()


def unit(user: Any = None, **settings: Any) -> Unit:
    return Unit(user, of=PeerReviewXBlock, block="r1", **settings)


def studio(world: World, **settings: Any) -> Unit:
    permissions = StudioPermissions(is_author=True)
    return unit(world.staff("Jo"), is_staff=True, studio=permissions, **settings)


def save(block: Unit, **values: Any) -> tuple[int, dict[str, str]]:
    """The status, and each refusal by its field."""
    status, answer = block.handle("save_settings", json.dumps(values).encode())
    errors = answer["error"]["details"]["errors"] if status != 200 else []
    return status, {error["field"]: error["message"] for error in errors}


def read(xml: str) -> PeerReviewXBlock:
    reader = unit()
    keys = ScopeIds(*reader.block.scope_ids)
    block: PeerReviewXBlock = PeerReviewXBlock.parse_xml(etree.fromstring(xml), reader.runtime, keys)
    return block


def faults(block: PeerReviewXBlock) -> list[str]:
    return [fault["field"] for fault in block.space_options()["options"].get("faults", [])]


def test_a_new_block_can_be_used_as_it_is(world: World) -> None:
    block = unit(world.person("Amina"))
    block.block.student_view({})
    status, state = block.call("open_activity")
    assert status == 200
    assert [criterion["name"] for criterion in state["activity"]["criteria"]] == ["Content", "Clarity"]
    assert block.block.has_score
    assert block.block.max_score() == 1.0


def test_an_author_saves_all_settings(world: World) -> None:
    block = studio(world)
    values = {
        "display_name": "Pendulum",
        "prompt": "Measure *g*.\n\nWith its uncertainty.",
        "hand_in": "files",
        "file_types": "PDF, .csv",
        "wanted": 4,
        "to_give": 5,
        "names": "everyone",
        "submissions_due": "2026-11-20T23:59",
        "reviews_open": "",
        "reviews_due": "2026-11-30T23:59:00+00:00",
        "rubric": RUBRIC,
        "weight": 12.5,
    }
    assert save(block, **values) == (200, {})
    options = block.block.space_options()["options"]
    assert options["rubric"] == [{**criterion, "weight": float(criterion["weight"])} for criterion in RUBRIC]
    assert (options["file_types"], options["weight"]) == ([".pdf", ".csv"], 12.5)
    assert options["reviews_due"] == "2026-11-30T23:59:00+00:00"
    assert block.block.reviews_open is None


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"rubric": []}, ["rubric"]),
        ({"rubric": changed("0.options", [])}, ["rubric.0.options"]),
        ({"rubric": changed("1.options", RUBRIC[1]["options"][:1])}, ["rubric.1.options"]),
        ({"rubric": [{**c, "weight": 0} for c in RUBRIC]}, ["rubric.0.weight"]),
        ({"rubric": changed("0.weight", 50)}, ["rubric.0.weight"]),
        ({"wanted": 21}, ["wanted"]),
        ({"wanted": "3"}, ["wanted"]),
        ({"wanted": 10, "to_give": 10}, ["wanted", "to_give"]),
        ({"file_types": "exe"}, ["file_types"]),
        ({"names": "some"}, ["names"]),
        ({"hand_in": 7}, ["hand_in"]),
        ({"weight": -1}, ["weight"]),
        ({"reviews_due": "soon"}, ["reviews_due"]),
        (
            {"reviews_open": "2026-11-20T00:00", "reviews_due": "2026-11-12T00:00"},
            ["reviews_due"],
        ),
        (
            {"submissions_due": "2026-11-20T00:00", "reviews_due": "2026-11-12T00:00"},
            ["reviews_due"],
        ),
        (
            {"wanted": 0, "rubric": changed("0.name", ""), "names": "x", "display_name": "x" * 300},
            ["display_name", "wanted", "names", "rubric.0.name"],
        ),
    ],
    ids=str,
)
def test_what_cannot_be_taken_is_refused_before_it_is_saved_each_by_its_field(
    world: World, values: dict[str, Any], fields: list[str]
) -> None:
    host.CLASSES[COURSE] = ClassSize(9, is_final=True)
    block = studio(world)
    before = {name: getattr(block.block, name) for name in block.block.studio_fields}
    status, found = save(block, **values)
    assert (status in (400, 413), list(found)) == (True, fields)
    assert all(found.values())
    assert {name: getattr(block.block, name) for name in block.block.studio_fields} == before
    with translation.override("fr"):
        assert save(studio(world), **values)[1] != found


def test_a_class_that_may_still_grow_refuses_no_number_and_the_form_says_who_is_there(world: World) -> None:
    host.CLASSES[COURSE] = ClassSize(3, is_final=False)
    block = studio(world)
    assert save(block, wanted=10, to_give=10) == (200, {})
    assert '"learners": 3' in html.unescape(block.block.studio_view({}).content)


def test_giving_fewer_reviews_than_wanted_is_no_fault(world: World) -> None:
    assert save(studio(world), wanted=4, to_give=2) == (200, {})


OLX = """
<peer_review display_name="Pendulum" wanted="2" to_give="4" names="authors" hand_in="text"
    reviews_due="2026-12-01T10:00:00Z" weight="7.5">
  <!-- as people write it -->
  <prompt>Measure *g*.

Twice &amp; well.</prompt>
  <rubric>
    <criterion id="protocol" name="Protocol" weight="30">
      <prompt>Could you do it again?</prompt>
      <option id="no" name="No" points="0">It cannot be repeated.</option>
      <option id="yes" name="Yes" points="2"/>
    </criterion>
    <criterion name="Style" weight="70">
      <option name="Dull" points="0"/>
      <option name="Bright" points="1"/>
    </criterion>
  </rubric>
</peer_review>
"""


def test_olx_is_read_as_people_write_it() -> None:
    block = read(OLX.strip())
    assert faults(block) == []
    options = block.space_options()["options"]
    assert options["prompt"] == "Measure *g*.\n\nTwice & well."
    assert [criterion["id"] for criterion in options["rubric"]] == ["protocol", "c2"]
    assert options["rubric"][0]["options"][0]["explanation"] == "It cannot be repeated."
    assert (options["wanted"], options["weight"], options["hand_in"]) == (2, 7.5, "text")


def test_olx_comes_back_the_same() -> None:
    block = read(OLX.strip())
    node = etree.Element("unknown")
    block.add_xml_to_node(node)
    assert [child.tag for child in node] == ["prompt", "rubric"]
    assert "rubric" not in node.attrib
    again = read(etree.tostring(node, encoding="unicode"))
    assert again.space_options() == block.space_options()


GARBLED = [
    ("<peer_review><rubric/></peer_review>", ["rubric"]),
    (
        "<peer_review><rubric><criterion/></rubric></peer_review>",
        ["rubric.0.name", "rubric.0.weight", "rubric.0.options"],
    ),
    ('<peer_review rubric="nonsense"/>', ["rubric"]),
    ('<peer_review rubric="[1, {}, &quot;x&quot;]"/>', ["rubric"]),
    ('<peer_review rubric="[{: }"/>', ["rubric"]),
    (
        '<peer_review wanted="three" to_give="" names="some" weight="much"/>',
        ["wanted", "to_give", "names", "weight"],
    ),
    ('<peer_review reviews_due="soon" reviews_open="[]"/>', ["reviews_open", "reviews_due"]),
    ('<peer_review file_types="exe pdf" hand_in="both"/>', ["file_types"]),
]


@pytest.mark.parametrize(("xml", "fields"), GARBLED)
def test_garbled_olx_still_opens_and_says_what_is_the_matter(
    world: World, xml: str, fields: list[str]
) -> None:
    block = read(xml)
    assert faults(block) == fields
    learner, author = unit(world.person("Amina")), unit(world.staff("Jo"), is_staff=True)
    for one in (learner, author):
        one.block = block
        block.runtime = one.runtime
        block.student_view({})
        status, answer = one.call("open_activity")
        assert (status, answer["error"]["code"]) == (409, "not_ready")
        told = [error["field"] for error in answer["error"]["details"]["errors"]]
        assert told == (fields if one is author else [])


@pytest.mark.parametrize(("xml", "fields"), GARBLED)
def test_garbled_olx_comes_back_as_it_is(xml: str, fields: list[str]) -> None:
    node = etree.Element("unknown")
    read(xml).add_xml_to_node(node)
    assert faults(read(etree.tostring(node, encoding="unicode"))) == fields


def test_unknown_elements_and_attributes_are_reported_and_left_out(caplog: pytest.LogCaptureFixture) -> None:
    block = read(
        '<peer_review colour="blue"><video src="x"/><rubric><scale/>'
        '<criterion name="A" weight="100"><option name="a" points="0"/><option name="b" points="1"/>'
        "<hint/></criterion></rubric></peer_review>"
    )
    assert faults(block) == []
    assert {word for word in ("video", "scale", "hint") if word in caplog.text} == {"video", "scale", "hint"}


def test_what_was_set_is_what_authors_see_in_studios_preview(world: World) -> None:
    unit(world.person("Amina"), display_name="Published").block.student_view({})
    before = everything_stored()
    preview = unit(None, is_preview=True, is_staff=True, display_name="Draft", wanted=7)
    status, state = preview.call("open_activity")
    assert (status, state["activity"]["title"], state["activity"]["wanted"]) == (200, "Draft", 7)
    assert not any(state["can"][name] for name in ("submit", "edit", "review"))
    assert everything_stored() == before


def test_a_due_date_of_the_learners_own_closes_their_reviews_and_nobody_elses(world: World) -> None:
    early, late = unit(world.person("Amina")), unit(world.person("Tomás"))
    past = datetime.now(UTC) - timedelta(days=1)
    early.block.due = past  # As the LMS's mixin gives it.
    state = early.call("open_activity")[1]
    assert state["activity"]["reviews_due"].startswith(past.isoformat()[:19])
    assert state["steps"][0]["state"] == "missed"
    assert late.call("open_activity")[1]["activity"]["reviews_due"] is None
    assert "due" not in Space.objects.get(kind="review").options


def test_the_block_is_complete_once_all_is_given(world: World) -> None:
    amina, tomas = (unit(world.person(name), wanted=1, to_give=1) for name in ("Amina", "Tomás"))
    for one in (amina, tomas):
        assert one.call("submit", **HAND_IN)[0] == 200
        assert one.runtime.named("completion") == []
    lease = amina.call("take_review")[1]["review"]["id"]
    status, _state = amina.call("send_review", review=lease, **JUDGED)
    assert status == 200
    assert amina.runtime.named("completion") == [{"completion": 1.0}]
    assert tomas.runtime.named("completion") == []


def test_tracking_events_tell_ids_and_no_text(world: World) -> None:
    amina = unit(world.person("Amina"))
    amina.call("submit", **HAND_IN)
    (told,) = amina.runtime.named("edx.peer_review.submission.created")
    space = Space.objects.get(kind="review")
    work = amina.call("open_activity")[1]["mine"]["submission"]["id"]
    assert told == {"usage_key": space.usage_key, "activity": space.public_id, "submission": work}


def test_a_sent_review_is_tracked_by_its_own_id(world: World) -> None:
    amina, tomas = unit(world.person("Amina")), unit(world.person("Tomás"))
    for one in (amina, tomas):
        one.call("submit", **HAND_IN)
    lease = amina.call("take_review")[1]["review"]["id"]
    amina.call("send_review", review=lease, **JUDGED)
    (told,) = amina.runtime.named("edx.peer_review.review.created")
    assert told["review"] == lease


def test_course_search_finds_the_task(world: World) -> None:
    found = unit(world.person("Amina"), prompt="Measure g.").block.index_dictionary()
    assert found["content"] == {"display_name": "Peer review", "prompt": "Measure g."}
    assert found["content_type"] == "peer_review"
