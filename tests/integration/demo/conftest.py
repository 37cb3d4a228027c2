"""One whole demo for the tests of this folder: campus, stand-in, bridge and relay, on free ports."""

from collections.abc import Iterator

import pytest

from demo.ports import free_port
from demo.state import State
from demo.town import Ports, Town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Prepared with the story, and running."""
    folder = tmp_path_factory.mktemp("town")
    started = Town(
        State.open(folder), Ports(free_port(), free_port(), free_port()), target=None, say=lambda _text: None
    )
    try:
        started.prepare()
        started.start()
        yield started
    finally:
        started.processes.stop()
