"""The world that the api's tests begin from."""

import pytest

from .world import World


@pytest.fixture
def world(db: None) -> World:
    return World()
