"""The world that the api's tests begin from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from .world import World


@pytest.fixture(autouse=True)
def index_dir(tmp_path: Path) -> Iterator[Path]:
    """An index of its own for each test: what one rolled back must not be found by the next."""
    with override_settings(PEER_INDEX_DIR=str(tmp_path / "index")):
        yield tmp_path / "index"


@pytest.fixture
def world(db: None) -> World:
    return World()
