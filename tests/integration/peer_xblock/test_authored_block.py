"""What an author's tools do with each block: OLX out and in, a copy, a library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree
from opaque_keys.edx.keys import UsageKey
from xblock.fields import Scope, ScopeIds

from peer_xblock.block import PeerBlock
from peer_xblock.models import LearningContext, Space
from tests.runtime import BLOCKS, CourseRuntime, StudioPermissions, Unit

from .world import World

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("of", BLOCKS, ids=lambda of: of.__name__)]
AUTHORED = (Scope.settings, Scope.content)


def authored(block: PeerBlock) -> dict[str, Any]:
    """What the author set, by name."""
    return {
        name: getattr(block, name)
        for name, field in block.fields.items()
        if field.scope in AUTHORED and field.is_set_on(block)
    }


def to_olx(block: PeerBlock) -> etree._Element:
    node = etree.Element("unknown")
    block.add_xml_to_node(node)
    return node


def from_olx(unit: Unit, node: etree._Element) -> PeerBlock:
    copy = etree.fromstring(etree.tostring(node))
    keys = unit.block.scope_ids
    read: PeerBlock = type(unit.block).parse_xml(copy, unit.runtime, ScopeIds(*keys))
    return read


def test_settings_survive_olx(db: None, of: type[PeerBlock]) -> None:
    unit = Unit(None, of=of, display_name="Ask « here » & now")
    node = to_olx(unit.block)
    assert node.tag == of.kind.block_type
    assert authored(from_olx(unit, node)) == authored(unit.block)


def test_olx_with_unknown_attributes_is_read_without_them(db: None, of: type[PeerBlock]) -> None:
    unit = Unit(None, of=of)
    node = etree.Element(of.kind.block_type, display_name="Kept", colour="blue", **{"xblock-family": "x"})
    assert from_olx(unit, node).display_name == "Kept"


def test_a_copy_has_a_space_of_its_own(world: World, of: type[PeerBlock]) -> None:
    """Studio's Duplicate copies the fields under a new usage key: nothing that learners wrote comes along."""
    for block in ("first", "copy"):
        Unit(world.person("Amina"), of=of, block=block).block.student_view({})
    spaces = Space.objects.filter(kind=of.kind.value).exclude(pk=world.space.pk)
    assert len({space.public_id for space in spaces}) == 2


def test_a_library_is_a_learning_context_like_any_other(db: None, of: type[PeerBlock]) -> None:
    key = UsageKey.from_string(f"lb:Peer:commons:{of.kind.block_type}:b1")
    unit = Unit(None, of=of, usage_key=key, is_preview=True, is_staff=True)
    assert "peer-mount" in unit.block.author_view({}).content
    assert Space.objects.count() == 0
    unit = Unit(World(connected=False).person("Amina"), of=of, usage_key=key)
    unit.block.student_view({})
    assert LearningContext.objects.filter(key="lib:Peer:commons").count() == 1


def test_the_settings_form_saves_what_it_shows(world: World, of: type[PeerBlock]) -> None:
    unit = Unit(world.staff("Jo"), of=of, is_staff=True, studio=StudioPermissions(is_author=True))
    assert "peer-studio" in unit.block.studio_view({}).content
    assert unit.handle("save_settings", json.dumps({"display_name": "New"}).encode())[0] == 200
    assert unit.block.display_name == "New"


def test_a_worker_that_knows_nobody_reads_what_a_publish_collects(db: None, of: type[PeerBlock]) -> None:
    """The LMS's worker has the store's runtime: without a request there is no service `user`."""
    block = CourseRuntime(None).construct_xblock_from_class(of, Unit(None, of=of).block.scope_ids)
    block.display_name = "Ask here"
    assert block.student_view_data() == {"kind": of.kind.value, "title": "Ask here"}
    assert block.index_dictionary()["content"]["display_name"] == "Ask here"
    assert block.space_settings().title == "Ask here"
