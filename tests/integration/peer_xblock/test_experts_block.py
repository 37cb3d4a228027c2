"""The directory's block in a runtime: its settings, what it shows of them, what it tells the platform."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from peer_xblock.expert_directory import ExpertDirectoryXBlock
from tests.runtime import StudioPermissions, Unit

from .stages import assert_refused
from .stages.experts import ExpertsStage
from .town import Town
from .world import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def directory(town: Town, name: str, **settings: Any) -> Unit:
    return Unit(town.person(name), of=ExpertDirectoryXBlock, block="e1", **settings)


@pytest.fixture
def stage(db: None) -> ExpertsStage:
    return ExpertsStage()


def test_a_language_that_is_none_is_refused_in_the_form(db: None) -> None:
    unit = Unit(None, of=ExpertDirectoryXBlock, is_staff=True, studio=StudioPermissions(is_author=True))
    status, answer = unit.handle("save_settings", b'{"languages": "en, fran\xc3\xa7ais"}')
    assert (status, answer["error"]["field"]) == (400, "languages")
    assert unit.handle("save_settings", b'{"languages": "en pt-BR"}')[0] == 200
    assert unit.block.space_options()["options"]["languages"] == ["en", "pt-BR"]


def test_settings_that_came_with_the_course_never_break_the_page(db: None) -> None:
    town = Town()
    unit = directory(town, "Amina", languages="?!, é", intro=None, ask_space="nowhere")
    unit.block.student_view({})
    opened = unit.call("open_directory")[1]
    assert opened["directory"] == {
        "title": "People who can help",
        "intro_html": "",
        "languages": ["en", "fr"],
    }
    assert opened["spaces"] == []


def test_the_introduction_is_markdown(db: None) -> None:
    unit = directory(Town(), "Amina", intro="Ask *them*.")
    unit.block.student_view({})
    assert unit.call("open_directory")[1]["directory"]["intro_html"] == "<p>Ask <em>them</em>.</p>\n"


@pytest.mark.parametrize("name", ["open_directory", "find_people"])
def test_a_block_that_no_learner_opened_answers_in_studio(db: None, name: str) -> None:
    author = User.objects.create_user("marta")
    preview = Unit(author, of=ExpertDirectoryXBlock, is_preview=True, is_staff=True)
    assert preview.call(name)[0] == 200
    assert everything_stored()["peer_xblock_space"] == []


def test_a_stale_profile_brings_the_newer_one(stage: ExpertsStage) -> None:
    save = stage.requests["save_profile"]
    assert stage.send("save_profile", save)[0] == 200
    answer = stage.send("save_profile", {**save, "about": "Mine."})
    assert_refused(answer, 409, "stale_edit", "")
    current = answer[1]["error"]["details"]["current"]
    assert (current["revision"], current["away_until"], current["weekly_limit"]) == (2, "2026-12-01", 3)


def test_nothing_that_is_done_in_a_directory_completes_it(stage: ExpertsStage) -> None:
    unit = stage.who("preview")
    for name, request in stage.requests.items():
        stage.send(name, request, unit)
    assert unit.block.completion_mode == "excluded"
    assert unit.runtime.named("completion") == []
    told = {name for name, _ in unit.runtime.published}
    assert told == {
        "edx.expert_directory.profile.saved",
        "edx.expert_directory.request.created",
        "edx.expert_directory.request.decided",
    }
