"""A Moodle that misbehaves: what was written arrives all the same, once."""

from collections.abc import Iterator
from typing import Any

import pytest

from demo.standin.rig import Rig
from demo.town import Town
from tests.integration.demo.test_campus import arrives
from tests.integration.demo.visitor import Visitor

pytestmark = pytest.mark.slow


@pytest.fixture
def plant(town: Town) -> Iterator[Any]:
    yield lambda **plan: town.control("faults", faults=plan)
    town.control("faults", faults={})


def test_lost_answers_leave_no_second_copy(town: Town, plant: Any) -> None:
    plant(lose=0.5, functions=["local_peerbridge_upsert_posts", "local_peerbridge_upsert_post"])
    learner = Visitor(town, "yuki")
    for number in range(6):
        body = {
            "client_key": f"f{number}",
            "kind": "discussion",
            "title": f"Lost answer {number}",
            "body": "x",
        }
        assert learner.operate("create_thread", body).status_code == 200
    assert town.place is not None
    forum = town.moodle.forum_page(town.place.forum)
    for number in range(6):
        assert arrives(learner, forum, f"Lost answer {number}", within_s=90)
    page = learner.get(forum, timeout=30).text
    assert [page.count(f"Lost answer {number}") for number in range(6)] == [1] * 6


def test_unknown_fault_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        Rig.start(tmp_path_factory.mktemp("rig")) as rig,
        pytest.raises(RuntimeError, match="unknown faults"),
    ):
        rig.control("faults", faults={"gremlins": 1})


@pytest.mark.parametrize(
    ("plan", "status", "begins"),
    [
        ({"down": True}, 502, "<html>"),
        ({"html": 1}, 200, "<!DOCTYPE html>"),
        ({"lose": 1}, 502, "<html>"),
        ({"cut": 1}, 200, '{"exception"'),
    ],
)
def test_each_fault_shows(town: Town, plant: Any, plan: dict[str, Any], status: int, begins: str) -> None:
    # A function that nothing else calls, so that the mirror goes on meanwhile.
    plant(functions=["core_enrol_get_users_courses"], **plan)
    address = f"{town.target.url}/webservice/rest/server.php"
    form = {"wsfunction": "core_enrol_get_users_courses", "moodlewsrestformat": "json"}
    form |= {"wstoken": town.state.standin_token, "userid": "3"}
    answer = Visitor(town).post(address, data=form, timeout=30)
    assert answer.status_code == status
    assert answer.text.startswith(begins if plan != {"cut": 1} else "[")
