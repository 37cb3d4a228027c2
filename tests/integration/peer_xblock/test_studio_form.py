"""What the settings form in Studio is told: each field with its kind, in the author's language."""

import html
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from peer_xblock.block import PeerBlock
from peer_xblock.expert_directory import ExpertDirectoryXBlock
from peer_xblock.peer_discussion import PeerDiscussionXBlock
from peer_xblock.peer_review import PeerReviewXBlock
from tests.runtime import Unit

BLOCKS = [PeerDiscussionXBlock, PeerReviewXBlock, ExpertDirectoryXBlock]


def settings_of(of: type[PeerBlock], **fields: Any) -> dict[str, Any]:
    content = Unit(None, of=of, **fields).block.studio_view({}).content
    found = re.search(r'class="peer-studio editor-with-buttons" data-settings="([^"]*)"', content)
    assert found is not None
    return dict(json.loads(html.unescape(found[1])))


def fields_of(of: type[PeerBlock], **fields: Any) -> dict[str, dict[str, Any]]:
    sections = settings_of(of, **fields)["sections"]
    return {field["name"]: field for section in sections for field in section["fields"]}


@pytest.mark.parametrize("of", BLOCKS)
def test_every_setting_stands_in_the_form_once(db: None, of: type[PeerBlock]) -> None:
    sections = settings_of(of)["sections"]
    names = [field["name"] for section in sections for field in section["fields"]]
    assert sorted(names) == sorted(of.studio_fields)


@pytest.mark.parametrize(("language", "label"), [("en", "Anonymous posts"), ("fr", "Messages anonymes")])
def test_the_form_speaks_the_authors_language(db: None, language: str, label: str) -> None:
    with translation.override(language):
        field = fields_of(PeerDiscussionXBlock)["anonymity"]
        settings = settings_of(PeerDiscussionXBlock)
    assert (field["kind"], field["label"]) == ("choice", label)
    assert settings["language"] == language
    assert settings["catalogue_url"].endswith("peer-fr.json") is (language == "fr")


def test_what_an_author_wrote_arrives_as_it_is(db: None) -> None:
    title = 'A "title" <b> & \N{SNOWMAN}'
    assert fields_of(PeerDiscussionXBlock, display_name=title)["display_name"]["value"] == title


def test_fields_have_the_control_of_their_type(db: None) -> None:
    fields = fields_of(PeerReviewXBlock, reviews_due=datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    kinds = {
        name: fields[name]["kind"] for name in ("display_name", "prompt", "wanted", "weight", "reviews_due")
    }
    assert kinds == {
        "display_name": "text",
        "prompt": "markdown",
        "wanted": "number",
        "weight": "number",
        "reviews_due": "moment",
    }
    assert (fields["wanted"]["is_whole"], fields["weight"]["is_whole"]) == (True, False)
    assert fields["reviews_due"]["value"] == "2026-11-30T23:59:00+00:00"
    assert fields["rubric"]["kind"] == "rubric"
    assert fields_of(PeerDiscussionXBlock)["is_divided"]["kind"] == "flag"


def test_olx_that_holds_nonsense_still_opens_the_form(db: None) -> None:
    fields = fields_of(PeerReviewXBlock, wanted="many", rubric="none", reviews_due="soon")
    assert [fields[name]["value"] for name in ("wanted", "rubric", "reviews_due")] == ["many", "none", "soon"]
