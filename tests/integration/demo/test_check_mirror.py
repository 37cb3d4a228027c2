"""The whole check on a small community: clean as it comes, and red for each fault planted in Moodle's own rows."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.check.checking import Check
from demo.check.compare import KINDS
from demo.community.seedfile import SeedFile

pytestmark = pytest.mark.slow
CLEAN = dict.fromkeys(KINDS, 0)


def community(path: Path, questions: int) -> SeedFile:
    """Questions of three people, each with two answers."""
    lines = [
        {
            "id": number,
            "t": 1_600_000_000 + number,
            "asker": f"u{number % 3}",
            "title": f"Question {number}: is a < b & c?",
            "body": f"I think $a_{number} < b$.\n\n```python\nprint({number})\n```",
            "answers": [
                {
                    "id": number * 10 + answer,
                    "u": f"u{(number + answer) % 3}",
                    "s": answer,
                    "acc": answer == 1,
                    "t": 1_600_000_100 + number + answer,
                    "x": f"Answer {answer} to {number}.",
                }
                for answer in (1, 2)
            ],
        }
        for number in range(1, questions + 1)
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return SeedFile(path)


class Planted:
    """A finished check whose servers still run, and whose Moodle can be spoiled."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.path = check.town.state.folder / "moodle.sqlite3"

    def spoil(self, statement: str, *values: object) -> None:
        with sqlite3.connect(self.path, timeout=20) as moodle:
            assert moodle.execute(statement, values).rowcount >= 1

    def one(self, query: str) -> int:
        with sqlite3.connect(self.path, timeout=20) as moodle:
            return int(moodle.execute(query).fetchone()[0])

    def counts(self) -> dict[str, int]:
        return self.check.compare().as_dict()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    folder = tmp_path_factory.mktemp("check")
    seed = community(folder / "seed.jsonl", 12)
    check = Check(folder / "state", seed, None, {"SHARE": "0.2"})
    try:
        check.prepare_and_act()
        yield Planted(check)
    finally:
        check.town.processes.stop()


@pytest.fixture
def moodle(planted: Planted) -> Iterator[Planted]:
    """Every test begins with, and leaves, the Moodle as the check made it."""
    with sqlite3.connect(planted.path, timeout=20) as rows:
        saved = {
            table: rows.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("standin_post", "standin_discussion", "standin_mirrorrow")
        }
    yield planted
    with sqlite3.connect(planted.path, timeout=20) as rows:
        for table, lines in saved.items():
            rows.execute(f"DELETE FROM {table}")
            marks = ",".join("?" * len(lines[0]))
            rows.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)


REPLY = "SELECT id FROM standin_post WHERE parent > 0 AND NOT deleted AND account_id > 3 ORDER BY id LIMIT 1"


def test_mirror_of_a_small_community_is_clean(moodle: Planted) -> None:
    assert moodle.counts() == CLEAN


def test_lost_post_is_missing(moodle: Planted) -> None:
    leaf = moodle.one(
        "SELECT max(id) FROM standin_post WHERE NOT deleted AND parent > 0"
        " AND id NOT IN (SELECT parent FROM standin_post)"
    )
    moodle.spoil("DELETE FROM standin_post WHERE id = ?", leaf)
    assert moodle.counts() == {**CLEAN, "missing": 1}


def test_second_copy_is_a_duplicate(moodle: Planted) -> None:
    columns = "discussion_id, parent, account_id, created, modified, subject, message, messageformat, deleted"
    moodle.spoil(
        f"INSERT INTO standin_post ({columns}) SELECT {columns} FROM standin_post WHERE id = ({REPLY})"
    )
    assert moodle.counts() == {**CLEAN, "duplicate": 1}


def test_other_account_is_a_wrong_author(moodle: Planted) -> None:
    moodle.spoil(
        "UPDATE standin_post SET account_id = CASE account_id WHEN 4 THEN 5 ELSE 4 END WHERE id = ?",
        moodle.one(REPLY),
    )
    assert moodle.counts() == {**CLEAN, "wrong_author": 1}


def test_other_parent_is_wrong(moodle: Planted) -> None:
    moodle.spoil("UPDATE standin_post SET parent = parent + 100000 WHERE id = ?", moodle.one(REPLY))
    assert moodle.counts() == {**CLEAN, "wrong_parent": 1}


def test_other_time_is_a_wrong_order(moodle: Planted) -> None:
    moodle.spoil("UPDATE standin_post SET created = 1 WHERE id = ?", moodle.one(REPLY))
    assert moodle.counts() == {**CLEAN, "wrong_order": 1}


def test_other_text_is_wrong(moodle: Planted) -> None:
    moodle.spoil("UPDATE standin_post SET message = message || ' !' WHERE id = ?", moodle.one(REPLY))
    assert moodle.counts() == {**CLEAN, "wrong_text": 1}


def test_group_post_shown_to_all_is_leaked(moodle: Planted) -> None:
    moodle.spoil(
        "UPDATE standin_discussion SET groupid = -1"
        " WHERE id = (SELECT min(id) FROM standin_discussion WHERE groupid > 0)"
    )
    counts = moodle.counts()
    assert counts["leaked"] >= 1
    assert {**counts, "leaked": 0} == CLEAN


def test_deleted_text_that_stays_is_leaked(moodle: Planted) -> None:
    deleted = moodle.one("SELECT min(id) FROM standin_post WHERE deleted")
    moodle.spoil("UPDATE standin_post SET message = '<p>Still here</p>' WHERE id = ?", deleted)
    assert moodle.counts() == {**CLEAN, "leaked": 1}
