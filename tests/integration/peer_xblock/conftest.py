"""The world that the api's tests begin from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import override_settings

from .world import World


@pytest.fixture(autouse=True)
def index_dir(tmp_path: Path) -> Iterator[Path]:
    """An index of its own for each test: what one rolled back must not be found by the next."""
    with override_settings(PEER_INDEX_DIR=str(tmp_path / "index")):
        yield tmp_path / "index"


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Keys of the database come again in the next test, and would find what the last one kept."""
    yield
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    return World()
