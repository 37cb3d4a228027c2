"""check_mirror on a Moodle that is not its own: the stand-in of another demo plays it."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from demo.check.checking import check_mirror
from demo.check.compare import KINDS
from demo.town import Town
from tests.integration.demo.test_check_mirror import community

pytestmark = pytest.mark.slow


def check(town: Town, capsys: pytest.CaptureFixture[str], **environ: str) -> tuple[int, list[str]]:
    """Exit code and lines of a check that mirrors into the town's Moodle."""
    asked: Mapping[str, str] = {
        "MOODLE_URL": town.target.url,
        "MOODLE_TOKEN": town.target.token,
        "SHARE": "0.1",
        **environ,
    }
    code = check_mirror(asked)
    return code, capsys.readouterr().out.splitlines()


def test_foreign_moodle_is_asked_for_used_and_cleaned(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = str(community(tmp_path / "seed.jsonl", 8).path)
    before = town.moodle.call("core_course_get_courses_by_field")["courses"]
    code, lines = check(town, capsys, SEED=seed)
    assert (code, len(lines)) == (2, 1)
    assert "YES=1" in lines[0]
    code, lines = check(town, capsys, SEED=seed, YES="1")
    result = json.loads(lines[-1])
    assert {kind: result[kind] for kind in KINDS} == dict.fromkeys(KINDS, 0)
    assert code == 0
    made = town.moodle.call("core_course_get_courses_by_field")["courses"][len(before) :]
    assert [one["shortname"].startswith("peercheck-") for one in made] == [True]
    code, lines = check(town, capsys, CLEAN="1")
    assert code == 0
    assert town.moodle.call("core_course_get_courses_by_field")["courses"] == before


def test_check_without_a_file_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_mirror({}) == 2
    assert "a community file is needed" in capsys.readouterr().out
