"""Private servers answer while they are needed, and leave nothing behind."""

import os
import socket
from pathlib import Path

import pytest

from tools import servers


def answers(environment: dict[str, str]) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", int(environment["PEER_TEST_DB_PORT"]))) == 0


def fail_on(engine: str, seen: dict[str, str]) -> None:
    """Fail while the server runs, as a test would."""
    with servers.database(engine) as environment:
        seen.update(environment)
        assert answers(environment)
        raise RuntimeError("a test failed")


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgres", "mysql"])
def test_server_is_gone_after_a_failure(engine: str) -> None:
    if not servers.is_there(engine):
        pytest.skip(f"no {servers.PROGRAMS[engine]}")
    seen: dict[str, str] = {}
    with pytest.raises(RuntimeError, match="a test failed"):
        fail_on(engine, seen)
    assert not answers(seen)
    assert not Path(seen["PEER_TEST_DB_SOCKET"]).exists()


def test_sqlite_needs_no_server() -> None:
    with servers.database("sqlite") as environment:
        assert environment == {"PEER_TEST_DB": "sqlite"}


def test_command_gets_the_environment_and_its_status_is_returned() -> None:
    assert os.environ.get("PEER_TEST_DB") != "nothing"
    assert servers.main(["sqlite", "--", "sh", "-c", 'test "$PEER_TEST_DB" = sqlite && exit 7']) == 7


def test_unknown_engine_is_a_usage_error() -> None:
    assert servers.main(["oracle", "--", "true"]) == 2
