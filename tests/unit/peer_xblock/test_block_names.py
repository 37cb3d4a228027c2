"""The names of our blocks beside those that every block has in the platform, which its pages ask for."""

from __future__ import annotations

import pytest
from xblock.core import XBlock

from peer_xblock.block import PeerBlock
from peer_xblock.expert_directory import ExpertDirectoryXBlock
from peer_xblock.peer_discussion import PeerDiscussionXBlock
from peer_xblock.peer_review import PeerReviewXBlock

MEANT = {"add_xml_to_node", "has_children", "index_dictionary", "parse_xml", "resources_dir"}


@pytest.mark.parametrize("block", [PeerDiscussionXBlock, PeerReviewXBlock, ExpertDirectoryXBlock])
def test_a_block_puts_nothing_of_its_own_in_the_place_of_what_every_block_has(block: type[PeerBlock]) -> None:
    """Studio asks for `context_key` and the like, and draws no block where another thing answers."""
    ours = {name for one in block.__mro__ if issubclass(one, PeerBlock) for name in vars(one)}
    theirs = {name for name in dir(XBlock) if not name.startswith("__")}
    assert (ours & theirs) - MEANT - {"_class_tags", "_services_requested", "_combined_services"} == set()
